import type { Reservation } from '@/api/types';
import type { ReserveRequest } from '@/data/actions';

/** The units of one product that belong to the shopper. */
export interface ShopperUnits {
  /** Units of running reserve requests. */
  pressed: number;
  held: number;
  bought: number;
}

interface Parts {
  pressed: ReserveRequest[];
  holds: Reservation[];
  reservations: Reservation[];
}

export function shopperUnits(productId: string, { pressed, holds, reservations }: Parts): ShopperUnits {
  const units = (parts: { productId: string; quantity: number }[]) =>
    parts.filter((part) => part.productId === productId).reduce((sum, part) => sum + part.quantity, 0);
  const bought = reservations.filter(({ status }) => status === 'COMPLETED');
  return { pressed: units(pressed), held: units(holds), bought: units(bought) };
}
