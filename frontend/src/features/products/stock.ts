import type { Product } from '@/api/types';

const FEW = 3;
const LOW_SHARE = 0.25;

/** Few enough left to say so: three, or a quarter of all. */
export function isLow({ availableStock: left, totalStock: total }: Product): boolean {
  return left > 0 && left < total && (left <= FEW || left / total <= LOW_SHARE);
}

export type SaleState = 'upcoming' | 'open' | 'over';

/** Whether the product can be reserved at a moment of the server's clock; no bound means always. */
export function saleState({ saleStartsAt, saleEndsAt }: Product, now: number): SaleState {
  if (saleStartsAt && now < Date.parse(saleStartsAt)) return 'upcoming';
  return saleEndsAt && now >= Date.parse(saleEndsAt) ? 'over' : 'open';
}

const MOST_AT_ONCE = 100;

/** How many units one press may ask for by a shopper who has `own` already, held or bought. */
export function mostAtOnce({ availableStock, maxPerShopper }: Product, own = 0): number {
  const allowed = maxPerShopper === null ? MOST_AT_ONCE : maxPerShopper - own;
  return Math.max(1, Math.min(availableStock, allowed, MOST_AT_ONCE));
}
