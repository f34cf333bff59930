import type { Reservation } from '@/api/types';
import type { ReserveRequest } from '@/data/actions';

/** The units of one product that belong to the shopper. */
export interface ShopperUnits {
  /** Units of running reserve requests. */
  requested: number;
  held: number;
  bought: number;
  /** The running hold that lapses first. */
  hold: Reservation | undefined;
}

interface Parts {
  requests: ReserveRequest[];
  /** The next to lapse first. */
  holds: Reservation[];
  reservations: Reservation[];
}

export function shopperUnits(productId: string, { requests, holds, reservations }: Parts): ShopperUnits {
  const units = (parts: { productId: string; quantity: number }[]) =>
    parts.filter((part) => part.productId === productId).reduce((sum, part) => sum + part.quantity, 0);
  const bought = reservations.filter(({ status }) => status === 'COMPLETED');
  const hold = holds.find((each) => each.productId === productId);
  return { requested: units(requests), held: units(holds), bought: units(bought), hold };
}
