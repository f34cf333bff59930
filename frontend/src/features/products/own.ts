import type { Reservation } from '@/api/types';
import type { Press } from '@/data/actions';

/** What of a product is the shopper's own. */
export interface Own {
  /** Units pressed for and not yet answered. */
  pressed: number;
  held: number;
  bought: number;
}

interface Parts {
  pressed: Press[];
  holds: Reservation[];
  reservations: Reservation[];
}

export function ownOf(productId: string, { pressed, holds, reservations }: Parts): Own {
  const units = (parts: { productId: string; quantity: number }[]) =>
    parts.filter((part) => part.productId === productId).reduce((sum, part) => sum + part.quantity, 0);
  const bought = reservations.filter(({ status }) => status === 'COMPLETED');
  return { pressed: units(pressed), held: units(holds), bought: units(bought) };
}
