import { LOCALE } from '@/lib/locale';

const plain = new Intl.NumberFormat(LOCALE);
const formats: Record<string, Intl.NumberFormat> = {};

/** `$1,199`, `€12.50` or `¥1,199`: whole amounts without cents. A plain number while the currency is not known. */
export function money(amount: number, currency: string | undefined): string {
  if (!currency) return plain.format(amount);
  const whole = Number.isInteger(amount);
  const format = (formats[`${currency}${whole}`] ??= new Intl.NumberFormat(LOCALE, {
    style: 'currency',
    currency,
    currencyDisplay: 'narrowSymbol',
    ...(whole && { maximumFractionDigits: 0 }),
  }));
  return format.format(amount);
}

/** `1,200`: a number with its digits grouped. */
export const grouped = (count: number) => plain.format(count);
