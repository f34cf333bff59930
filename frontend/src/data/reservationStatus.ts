import type { Reservation, ReservationStatus } from '@/api/types';

/**
 * The status at `now` (server's clock). A hold has lapsed once `expiresAt` passes, even if its status is still ACTIVE.
 */
export function statusAt(reservation: Reservation, now: number): ReservationStatus {
  const lapsed = reservation.status === 'ACTIVE' && Date.parse(reservation.expiresAt) <= now;
  return lapsed ? 'EXPIRED' : reservation.status;
}
