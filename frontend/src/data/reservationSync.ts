import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { connection } from '@/data/connection';
import { useHolds } from '@/data/holds';
import { refresh } from '@/data/queryClient';
import { readReservations, reservations } from '@/data/reservations';
import { useElection } from '@/lib/election';
import { spread } from '@/lib/jitter';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

const PAGE = 50;
const HELD_MS = 30_000;
const LAPSE_SPREAD_MS = 1_000;
const RECOVERY_SPREAD_MS = 5_000;

/**
 * Keep the shopper's newest reservations up to date. No cache can answer these requests, so there are few: when the page
 * loads, is looked at again, or is connected again, after an own lapse, and each 30 s while something is held.
 */
export function useReservationSync(): void {
  const known = useStore(shopper);
  useQuery({
    queryKey: ['reservations', known?.shopperId],
    queryFn: ({ signal }) => readReservations(PAGE, signal, coversHolds()),
    enabled: known !== null,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
  });
  useReadWhileHolding();
  useReadAfterLapse();
  useReadAfterRecovery();
}

/** Whether the part of the list that was read contains all holds that are known. */
function coversHolds(): (seen: Reservation[]) => boolean {
  const holds = reservations.get().filter((each) => each.status === 'ACTIVE');
  return (seen) => holds.every(({ createdAt }) => createdAt >= (seen.at(-1)?.createdAt ?? ''));
}

/** One tab of a browser reads for all: they share what it reads. */
function useReadWhileHolding(): void {
  const elected = useElection('ember.reservations');
  const holding = useHolds().length > 0;
  useEffect(() => {
    if (!elected || !holding) return;
    const timer = setInterval(() => void refresh('reservations'), spread(HELD_MS, 0, 0.2));
    return () => {
      clearInterval(timer);
    };
  }, [elected, holding]);
}

/** The clock shows the lapse at once; the server's answer only confirms it, so it can wait a moment. */
function useReadAfterLapse(): void {
  const all = useStore(reservations);
  const lapsed = useServerTime((now) => lapsedIds(all, now));
  const known = useRef(lapsed);
  useEffect(() => {
    const isNew = lapsed.split(' ').some((id) => !known.current.includes(id));
    known.current = lapsed;
    if (isNew) setTimeout(() => void refresh('products', 'reservations'), spread(LAPSE_SPREAD_MS, 1, 0));
  }, [lapsed]);
}

const lapsedIds = (all: Reservation[], now: number) =>
  all
    .filter(({ status, expiresAt }) => status === 'ACTIVE' && Date.parse(expiresAt) <= now)
    .map(({ id }) => id)
    .join(' ');

/** After an outage: read what may have changed, and what could not be read. */
function useReadAfterRecovery(): void {
  useEffect(() => {
    let failures = 0;
    return connection.subscribe(() => {
      const recovered = failures > 0 && connection.get().failures === 0;
      failures = connection.get().failures;
      if (recovered)
        setTimeout(
          () => void refresh('reservations', 'waiters', 'history', 'timeline'),
          spread(RECOVERY_SPREAD_MS, 1, 0),
        );
    });
  }, []);
}
