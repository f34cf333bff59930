import { useQuery } from '@tanstack/react-query';

import { Refusal } from '@/api/errors';
import { getReservation, listReservations } from '@/api/reservations';
import type { Reservation } from '@/api/types';
import { forget, remember, remembered } from '@/data/remembered';
import { statusAt } from '@/data/status';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** The holds of this browser that are still running, the next to lapse first. */
export function useHolds(): Reservation[] {
  const reservations = useStore(remembered);
  const ids = useServerTime((now) => idsOf(reservations.filter((each) => statusAt(each, now) === 'ACTIVE')));
  return reservations
    .filter((each) => ids.includes(each.id))
    .sort((a, b) => a.expiresAt.localeCompare(b.expiresAt));
}

const SHOWN_AFTER_LAPSE_MS = 60_000;

/** Holds that lapsed within the last minute: worth telling, and soon forgotten. */
export function useLapsed(): Reservation[] {
  const reservations = useStore(remembered);
  const ids = useServerTime((now) => idsOf(reservations.filter((each) => lapsedLately(each, now))));
  return reservations.filter((each) => ids.includes(each.id));
}

function lapsedLately(reservation: Reservation, now: number): boolean {
  const since = now - Date.parse(reservation.expiresAt);
  return statusAt(reservation, now) === 'EXPIRED' && since < SHOWN_AFTER_LAPSE_MS;
}

const idsOf = (reservations: Reservation[]) => reservations.map((each) => each.id).join(' ');

/** Keep the remembered holds in step with the server, polled while one is running. */
export function useHoldsSync(): void {
  const running = useStore(remembered).some((each) => each.status === 'ACTIVE');
  useQuery({ queryKey: ['holds'], queryFn: ({ signal }) => syncHolds(signal), enabled: running });
}

async function syncHolds(signal: AbortSignal): Promise<number> {
  const { reservations } = await listReservations({ status: 'ACTIVE' }, signal);
  const listed = new Map(reservations.map((each) => [each.id, each]));
  const mine = remembered.get().filter((each) => each.status === 'ACTIVE');
  remember(mine.flatMap((each) => listed.get(each.id) ?? []));
  await Promise.all(mine.filter((each) => !listed.has(each.id)).map(askAgain));
  return mine.length;
}

/** What became of a hold that is no longer listed: lapsed, settled in another tab, or unknown to the server. */
async function askAgain({ id }: Reservation): Promise<void> {
  try {
    remember([await getReservation(id)]);
  } catch (error) {
    if (!(error instanceof Refusal && error.reason === 'not-found')) throw error;
    forget(new Set([id]));
  }
}
