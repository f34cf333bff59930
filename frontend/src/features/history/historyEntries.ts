import type { Reservation, ReservationStatus } from '@/api/types';
import { statusAt } from '@/data/reservationStatus';

export const STATUSES = ['ALL', 'ACTIVE', 'COMPLETED', 'CANCELLED', 'EXPIRED'] as const;
export type Status = (typeof STATUSES)[number];

export interface Entry {
  reservation: Reservation;
  status: ReservationStatus;
}

/** Reservations with their status at `now` (server's clock), filtered by status. */
export function entries(reservations: Reservation[], wanted: Status, now: number): Entry[] {
  return reservations
    .map((reservation) => ({ reservation, status: statusAt(reservation, now) }))
    .filter(({ status }) => wanted === 'ALL' || status === wanted);
}
