import type { Product } from '@/api/types';
import { spread } from '@/lib/jitter';

export type SaleState = 'upcoming' | 'open' | 'paused' | 'over';

export type SaleTimes = Pick<Product, 'saleStartsAt' | 'saleEndsAt' | 'paused'>;

/** Whether the sale is open at `now` (server's clock). A missing start or end means that there is none. */
export function saleState({ saleStartsAt, saleEndsAt, paused }: SaleTimes, now: number): SaleState {
  if (saleStartsAt && now < Date.parse(saleStartsAt)) return 'upcoming';
  if (saleEndsAt && now >= Date.parse(saleEndsAt)) return 'over';
  return paused ? 'paused' : 'open';
}

/** In the first half second of a sale, the pages of all shoppers arm their buttons one after the other. */
const OPENING_SPREAD_MS = 500;
const openingDelayMs = spread(OPENING_SPREAD_MS, 1, 0);

/** Whether the sale has started at `now` (server's clock) and the button of this page is not armed yet. */
export function isOpening({ saleStartsAt }: Product, now: number): boolean {
  const passedMs = saleStartsAt ? now - Date.parse(saleStartsAt) : Infinity;
  return passedMs >= 0 && passedMs < openingDelayMs;
}

/** Whether a sold-out product had a release that the stock does not show yet. */
export function isReleaseDue({ availableStock, nextReleaseAt }: Product, now: number): boolean {
  return availableStock === 0 && nextReleaseAt !== null && Date.parse(nextReleaseAt) <= now;
}

const SOON_MS = 60_000;

/** Whether the product can be bought now, or its sale opens within a minute. */
export function isOnOffer(product: Product, now: number): boolean {
  if (saleState(product, now + SOON_MS) === 'upcoming') return false;
  const state = saleState(product, now);
  if (state !== 'open') return state === 'upcoming';
  return product.availableStock > 0 || isReleaseDue(product, now);
}
