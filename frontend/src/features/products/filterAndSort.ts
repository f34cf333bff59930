import type { Product } from '@/api/types';
import { saleState } from '@/data/productState';
import { isLow } from '@/features/products/stock';

export const SHOWN = ['all', 'available', 'low'] as const;
export const SORTED = ['name', 'cheapest', 'dearest', 'fewest', 'most'] as const;
export type Shown = (typeof SHOWN)[number];
export type Sorted = (typeof SORTED)[number];

const FILTERS: Record<Shown, (product: Product, now: number) => boolean> = {
  all: () => true,
  available: (product, now) => product.availableStock > 0 && saleState(product, now) === 'open',
  low: (product, now) => isLow(product) && saleState(product, now) === 'open',
};

const ORDERS: Record<Sorted, (a: Product, b: Product) => number> = {
  name: (a, b) => a.name.localeCompare(b.name),
  cheapest: (a, b) => a.price - b.price,
  dearest: (a, b) => b.price - a.price,
  fewest: (a, b) => a.availableStock - b.availableStock,
  most: (a, b) => b.availableStock - a.availableStock,
};

/** Filter the products at `now` (server's clock) and sort them. Products that compare equal are sorted by name. */
export function filterAndSort(products: Product[], shown: Shown, sorted: Sorted, now: number): Product[] {
  const order = (a: Product, b: Product) => ORDERS[sorted](a, b) || ORDERS.name(a, b);
  return products.filter((product) => FILTERS[shown](product, now)).sort(order);
}
