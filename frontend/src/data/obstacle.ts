import type { Product } from '@/api/types';
import { useHolds } from '@/data/holds';
import { cooldownOf, knownRefusals, mostHolds, type KnownRefusals } from '@/data/knownRefusals';
import { useProducts } from '@/data/products';
import { isOpening, saleState } from '@/data/productState';
import { reservations } from '@/data/reservations';
import { shopperUnits, type ShopperUnits } from '@/data/shopperUnits';
import { isWaiting, waiters } from '@/data/waiters';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** Why the API would refuse a reserve request. */
export type Obstacle =
  'upcoming' | 'opening' | 'paused' | 'over' | 'limit' | 'sold-out' | 'cooling' | 'holds';

interface Facts {
  own: Pick<ShopperUnits, 'held' | 'bought' | 'waited'>;
  /** The number of holds and places in line that the shopper has, of all products. */
  holds: number;
  known: KnownRefusals;
}

/** What the page knows against a reserve request at `now` (server's clock); null if it knows nothing. */
export function obstacleTo(product: Product, { own, holds, known }: Facts, now: number): Obstacle | null {
  const sale = saleState(product, now);
  if (sale !== 'open') return sale;
  if (isOpening(product, now)) return 'opening';
  if (isAtLimit(product, own.held + own.bought)) return 'limit';
  if (product.availableStock === 0) return 'sold-out';
  if (isAtLimit(product, own.held + own.bought + own.waited)) return 'limit';
  if (cooldownOf(known, product.id, now)) return 'cooling';
  return holds >= (mostHolds(known, now) ?? Infinity) ? 'holds' : null;
}

/** Whether a shopper who holds or has bought `own` units has as many as one shopper can have. */
export const isAtLimit = ({ maxPerShopper }: Product, own: number) =>
  maxPerShopper !== null && own >= maxPerShopper;

/** What the page knows against another reserve request for a product; 'gone' if the shop does not sell it any more. */
export function useObstacle(productId: string): Obstacle | 'gone' | null {
  const { products } = useProducts();
  const holds = useHolds();
  const entries = useStore(waiters);
  const own = shopperUnits(productId, {
    requests: [],
    holds,
    lapsed: [],
    reservations: useStore(reservations),
    waiters: entries,
  });
  const known = useStore(knownRefusals);
  return useServerTime((now) => {
    const product = products?.find(({ id }) => id === productId);
    if (product)
      return obstacleTo(product, { own, holds: holds.length + entries.filter(isWaiting).length, known }, now);
    return products ? 'gone' : null;
  });
}
