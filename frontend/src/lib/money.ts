const whole = new Intl.NumberFormat('en-US', {
  style: 'currency',
  currency: 'USD',
  maximumFractionDigits: 0,
});
const cents = new Intl.NumberFormat('en-US', { style: 'currency', currency: 'USD' });

/** `$1,199` or `$12.50`: whole amounts without cents. */
export const money = (amount: number) => (Number.isInteger(amount) ? whole : cents).format(amount);
