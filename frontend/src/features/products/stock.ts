import type { Product } from '@/api/types';

const FEW = 3;
const LOW_SHARE = 0.25;

/** Whether stock is low: at most three units or a quarter of the total. */
export function isLow({ availableStock: left, totalStock: total }: Product): boolean {
  return left > 0 && left < total && (left <= FEW || left / total <= LOW_SHARE);
}

const MOST_AT_ONCE = 100;

/** The highest quantity of one reserve request by a shopper who holds or has bought `own` units. */
export function mostAtOnce({ availableStock, maxPerShopper }: Product, own = 0): number {
  const allowed = maxPerShopper === null ? MOST_AT_ONCE : maxPerShopper - own;
  return Math.max(1, Math.min(availableStock, allowed, MOST_AT_ONCE));
}

/** The highest quantity to wait for: units that are held or sold now may come back. */
export const mostWaitedFor = (product: Product, own = 0): number =>
  mostAtOnce({ ...product, availableStock: product.totalStock }, own);
