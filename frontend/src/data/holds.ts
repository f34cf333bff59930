import type { Reservation } from '@/api/types';
import { paymentOf, pendingPayments, type Payment } from '@/data/pendingPayments';
import { reservations } from '@/data/reservations';
import { statusAt } from '@/data/reservationStatus';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** The shopper's running holds, the next to lapse first. */
export function useHolds(): Reservation[] {
  const all = useStore(reservations);
  const ids = useServerTime((now) => idsOf(all.filter((each) => statusAt(each, now) === 'ACTIVE')));
  return all.filter((each) => ids.includes(each.id)).sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}

const SHOWN_AFTER_LAPSE_MS = 60_000;

/** Holds that lapsed within the last minute, and lapsed holds with a payment that is not settled. */
export function useLapsed(): Reservation[] {
  const all = useStore(reservations);
  const payments = useStore(pendingPayments);
  const shown = (each: Reservation, now: number) => isShown(each, now, paymentOf(payments, each.id));
  const ids = useServerTime((now) => idsOf(all.filter((each) => shown(each, now))));
  const replaced = new Set(all.map((each) => each.replaces));
  return all.filter((each) => ids.includes(each.id) && !replaced.has(each.id));
}

function isShown(reservation: Reservation, now: number, payment: Payment | undefined): boolean {
  if (statusAt(reservation, now) !== 'EXPIRED') return false;
  return payment !== undefined || now - Date.parse(reservation.expiresAt) < SHOWN_AFTER_LAPSE_MS;
}

const idsOf = (some: Reservation[]) => some.map((each) => each.id).join(' ');
