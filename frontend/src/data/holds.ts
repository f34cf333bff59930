import { useQuery } from '@tanstack/react-query';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { pollInterval } from '@/data/connection';
import { paymentOf, payments, type Payment } from '@/data/payments';
import { readList, reservations } from '@/data/reservations';
import { statusAt } from '@/data/status';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** The shopper's holds that are still running, the next to lapse first. */
export function useHolds(): Reservation[] {
  const all = useStore(reservations);
  const ids = useServerTime((now) => idsOf(all.filter((each) => statusAt(each, now) === 'ACTIVE')));
  return all.filter((each) => ids.includes(each.id)).sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}

const SHOWN_AFTER_LAPSE_MS = 60_000;

/** Holds that lapsed within the last minute, and those that were paid for too late: worth telling. */
export function useLapsed(): Reservation[] {
  const all = useStore(reservations);
  const paid = useStore(payments);
  const lapsed = (each: Reservation, now: number) => isNews(each, now, paymentOf(paid, each.id));
  const ids = useServerTime((now) => idsOf(all.filter((each) => lapsed(each, now))));
  const replaced = new Set(all.map((each) => each.replaces));
  return all.filter((each) => ids.includes(each.id) && !replaced.has(each.id));
}

function isNews(reservation: Reservation, now: number, payment: Payment | undefined): boolean {
  if (statusAt(reservation, now) !== 'EXPIRED') return false;
  return payment !== undefined || now - Date.parse(reservation.expiresAt) < SHOWN_AFTER_LAPSE_MS;
}

const idsOf = (some: Reservation[]) => some.map((each) => each.id).join(' ');

const PAGE = 50;

/** Keep the shopper's newest reservations in step with the server: read once, and polled while a hold is running. */
export function useHoldsSync(): void {
  const known = useStore(shopper);
  const running = useStore(reservations).some((each) => each.status === 'ACTIVE');
  useQuery({
    queryKey: ['holds', known?.shopperId],
    queryFn: ({ signal }) => readList(PAGE, signal, coversRunning()),
    enabled: known !== null,
    refetchInterval: ({ state }) => (running || state.status === 'error' ? pollInterval() : false),
  });
}

/** Whether what was read of the list tells about each hold now known. */
function coversRunning(): (seen: Reservation[]) => boolean {
  const running = reservations.get().filter((each) => each.status === 'ACTIVE');
  return (seen) => running.every(({ createdAt }) => createdAt >= (seen.at(-1)?.createdAt ?? ''));
}
