import type { Reservation } from '@/api/types';
import { statusAt } from '@/data/reservationStatus';

export interface Summary {
  held: number;
  bought: number;
  /** Amounts by product: products may have different currencies. */
  paid: Map<string, number>;
  expired: number;
}

/** Units held, bought and expired, and the amounts paid, at `now` (server's clock). */
export function summary(reservations: Reservation[], now: number): Summary {
  const units = (status: string) => sum(reservations.filter((each) => statusAt(each, now) === status));
  const bought = reservations.filter((each) => each.status === 'COMPLETED');
  const paid = new Map<string, number>();
  for (const { productId, quantity, unitPrice } of bought)
    paid.set(productId, (paid.get(productId) ?? 0) + quantity * unitPrice);
  return { held: units('ACTIVE'), bought: sum(bought), paid, expired: units('EXPIRED') };
}

const sum = (reservations: Reservation[]) => reservations.reduce((total, each) => total + each.quantity, 0);
