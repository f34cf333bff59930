import type { Reservation } from '@/api/types';
import { statusAt } from '@/data/status';

export interface Numbers {
  held: number;
  bought: number;
  paid: number;
  expired: number;
}

/** How many units are held, bought and expired, and what was paid, at a moment of the server's clock. */
export function summary(reservations: Reservation[], now: number): Numbers {
  const units = (status: string) => sum(reservations.filter((each) => statusAt(each, now) === status));
  const bought = reservations.filter((each) => each.status === 'COMPLETED');
  const paid = bought.reduce((total, each) => total + each.quantity * each.unitPrice, 0);
  return { held: units('ACTIVE'), bought: sum(bought), paid, expired: units('EXPIRED') };
}

const sum = (reservations: Reservation[]) => reservations.reduce((total, each) => total + each.quantity, 0);
