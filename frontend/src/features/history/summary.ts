import type { Reservation } from '@/api/types';
import { statusAt } from '@/data/reservationStatus';

export interface Summary {
  held: number;
  bought: number;
  paid: number;
  expired: number;
}

/** Units held, bought and expired, and the amount paid, at `now` (server's clock). */
export function summary(reservations: Reservation[], now: number): Summary {
  const units = (status: string) => sum(reservations.filter((each) => statusAt(each, now) === status));
  const bought = reservations.filter((each) => each.status === 'COMPLETED');
  const paid = bought.reduce((total, each) => total + each.quantity * each.unitPrice, 0);
  return { held: units('ACTIVE'), bought: sum(bought), paid, expired: units('EXPIRED') };
}

const sum = (reservations: Reservation[]) => reservations.reduce((total, each) => total + each.quantity, 0);
