import type { Product } from '@/api/types';
import { saleState } from '@/data/productState';
import { DROP } from '@/texts/drops';

/** Sales that open at the same instant. */
export interface Drop {
  /** As the API writes it. */
  startsAt: string;
  products: [Product, ...Product[]];
}

/** The sales that open next after `now` (server's clock); undefined if no sale is upcoming. */
export function nextDrop(products: Product[], now: number): Drop | undefined {
  const startOf = ({ saleStartsAt }: Product) => Date.parse(saleStartsAt ?? '');
  const upcoming = products
    .filter((product) => saleState(product, now) === 'upcoming')
    .sort((a, b) => startOf(a) - startOf(b) || a.name.localeCompare(b.name));
  const [first] = upcoming;
  if (!first?.saleStartsAt) return undefined;
  const together = upcoming.slice(1).filter((product) => startOf(product) === startOf(first));
  return { startsAt: first.saleStartsAt, products: [first, ...together] };
}

/** `iPhone 15 Pro Max` or `iPhone 15 Pro Max and 2 more`. */
export const dropTitle = ({ products: [first, ...others] }: Drop) => DROP.name(first.name, others.length);
