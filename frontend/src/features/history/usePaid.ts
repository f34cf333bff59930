import { useQueries } from '@tanstack/react-query';

import type { Product } from '@/api/types';
import { unlisted, useProducts } from '@/data/products';
import { money } from '@/lib/numbers';

/** Amounts by product as one text, summed by currency: `$1,298` or `$249 + €120`. */
export function usePaid(amounts: Map<string, number>): string {
  const { products } = useProducts();
  const listed = new Set(products?.map(({ id }) => id));
  const retired = products ? [...amounts.keys()].filter((id) => !listed.has(id)) : [];
  const others = useQueries({ queries: retired.map(unlisted) });
  const known = [...(products ?? []), ...others.flatMap(({ data }) => data ?? [])];
  return sums(amounts, known)
    .map(([currency, amount]) => money(amount, currency))
    .join(' + ');
}

/** Amounts by currency, of which there is at least one. That of an unknown product is undefined. */
export function sums(amounts: Map<string, number>, known: Product[]): [string | undefined, number][] {
  const currencies = new Map(known.map(({ id, currency }) => [id, currency]));
  const found = new Map<string | undefined, number>();
  for (const [id, amount] of amounts) {
    const currency = currencies.get(id);
    found.set(currency, (found.get(currency) ?? 0) + amount);
  }
  return found.size > 0 ? [...found] : [[known[0]?.currency, 0]];
}
