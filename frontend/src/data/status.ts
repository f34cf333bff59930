import type { Reservation, ReservationStatus } from '@/api/types';

/** A hold has lapsed when the server's clock passes `expiresAt`, whether or not anybody has written it down yet. */
export function statusAt(reservation: Reservation, now: number): ReservationStatus {
  const lapsed = reservation.status === 'ACTIVE' && Date.parse(reservation.expiresAt) <= now;
  return lapsed ? 'EXPIRED' : reservation.status;
}
