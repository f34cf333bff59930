import { usePendingReserves } from '@/data/actions';
import { useHolds, useLapsed } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { shopperUnits, type ShopperUnits } from '@/data/shopperUnits';
import { isWaiting, waiters } from '@/data/waiters';
import { useStore } from '@/lib/store';

/** What the shopper has of each product, and the number of holds and places in line, of all products. */
export function useOwnUnits(): { of: (productId: string) => ShopperUnits; holds: number } {
  const own = {
    requests: usePendingReserves(),
    holds: useHolds(),
    lapsed: useLapsed(),
    reservations: useStore(reservations),
    waiters: useStore(waiters),
  };
  const places = own.waiters.filter(isWaiting).length;
  return { of: (productId) => shopperUnits(productId, own), holds: own.holds.length + places };
}
