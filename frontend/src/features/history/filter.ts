import type { Reservation, ReservationStatus } from '@/api/types';
import { statusAt } from '@/data/status';

export const STATUSES = ['ALL', 'ACTIVE', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const;
export type Status = (typeof STATUSES)[number];

export interface Entry {
  reservation: Reservation;
  status: ReservationStatus;
}

/** Reservations with their status at a moment of the server's clock, those asked for only. */
export function entries(reservations: Reservation[], wanted: Status, now: number): Entry[] {
  return reservations
    .map((reservation) => ({ reservation, status: statusAt(reservation, now) }))
    .filter(({ status }) => wanted === 'ALL' || status === wanted);
}
