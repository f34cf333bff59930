import type { Reservation, Waiter } from '@/api/types';
import type { ReserveRequest } from '@/data/actions';
import { isWaiting } from '@/data/waiters';

/** The units of one product that belong to the shopper. */
export interface ShopperUnits {
  /** Units of running reserve requests. */
  requested: number;
  held: number;
  bought: number;
  /** Units that the shopper is in line for. They count for the limit like held ones. */
  waited: number;
  /** The running hold that lapses first. */
  hold: Reservation | undefined;
  /** Whether a hold has just lapsed. */
  lapsed: boolean;
}

interface Parts {
  requests: ReserveRequest[];
  /** The next to lapse first. */
  holds: Reservation[];
  /** Holds that have just lapsed. */
  lapsed: Reservation[];
  reservations: Reservation[];
  waiters: Waiter[];
}

export function shopperUnits(
  productId: string,
  { requests, holds, lapsed, reservations, waiters }: Parts,
): ShopperUnits {
  const isOwn = (part: { productId: string }) => part.productId === productId;
  const units = (parts: { productId: string; quantity: number }[]) =>
    parts.filter(isOwn).reduce((sum, part) => sum + part.quantity, 0);
  const bought = reservations.filter(({ status }) => status === 'COMPLETED');
  return {
    requested: units(requests),
    held: units(holds),
    bought: units(bought),
    waited: units(waiters.filter(isWaiting)),
    hold: holds.find(isOwn),
    lapsed: lapsed.some(isOwn),
  };
}
