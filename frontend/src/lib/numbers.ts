import { LOCALE } from '@/lib/locale';

const DOLLARS = { style: 'currency', currency: 'USD', currencyDisplay: 'narrowSymbol' } as const;
const whole = new Intl.NumberFormat(LOCALE, { ...DOLLARS, maximumFractionDigits: 0 });
const cents = new Intl.NumberFormat(LOCALE, DOLLARS);
const plain = new Intl.NumberFormat(LOCALE);

/** `$1,199` or `$12.50`: whole amounts without cents. */
export const money = (amount: number) => (Number.isInteger(amount) ? whole : cents).format(amount);

/** `1,200`: a number with its digits grouped. */
export const grouped = (count: number) => plain.format(count);
