import { useEffect, useRef } from 'react';

import type { Reservation, Waiter } from '@/api/types';
import { useHolds } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { statusAt } from '@/data/reservationStatus';
import { forget } from '@/data/waiterChanges';
import { waiters } from '@/data/waiters';
import { useWaiterSync } from '@/data/waiterSync';
import { alertShopper, alertsWanted, unlockSound } from '@/lib/alerts';
import { announce } from '@/lib/announcements';
import { serverNow } from '@/lib/serverClock';
import { useStore } from '@/lib/store';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { leadTitle } from '@/lib/title';
import { spokenRefusal } from '@/texts/refusals';
import { offerText, passedOverText } from '@/texts/waiting';
import { LINE_NEWS } from '@/texts/waitingList';

/** What runs in every view while the page follows a place in line: requests, and the news of an offer. */
export function WaitingSync() {
  useWaiterSync();
  useSoundAfterReload();
  const entries = useStore(waiters);
  const holds = useHolds();
  const offers = holds.filter(({ id }) => entries.some(({ reservationId }) => reservationId === id));
  useTitle(offers[0]);
  useOfferNews(offers);
  useOtherNews(entries);
  useForgottenOffers(entries);
  return null;
}

/** The tab's title leads with an offer until its hold ends. */
function useTitle(offer: Reservation | undefined): void {
  const lead = offer ? LINE_NEWS.offerTitle(offer.productName) : '';
  useEffect(() => {
    leadTitle(lead);
    return () => {
      leadTitle('');
    };
  }, [lead]);
}

/** Offers that were running when the page was loaded are no news. */
function useOfferNews(offers: Reservation[]): void {
  const known = useRef(new Set(offers.map(({ id }) => id)));
  useEffect(() => {
    for (const offer of offers) {
      if (known.current.has(offer.id)) continue;
      known.current.add(offer.id);
      const text = offerText(offer, secondsUntil(Date.parse(offer.expiresAt), serverNow()));
      announce(LINE_NEWS.offer(text));
      alertShopper(LINE_NEWS.offerTitle(offer.productName), text, offer.id);
    }
  }, [offers]);
}

/** Announces the front of the line, and a place that was passed over. */
function useOtherNews(entries: Waiter[]): void {
  const before = useRef(entries);
  useEffect(() => {
    for (const entry of entries) {
      const known = before.current.find(({ id }) => id === entry.id);
      if (known?.status !== 'WAITING') continue;
      if (entry.position === 1 && known.position !== 1) announce(LINE_NEWS.next(entry.productName));
      if (entry.status === 'PASSED_OVER')
        announce(spokenRefusal(entry.productName, passedOverText(entry.reason)));
    }
    before.current = entries;
  }, [entries]);
}

/** An offer whose hold has ended is followed no more. */
function useForgottenOffers(entries: Waiter[]): void {
  const all = useStore(reservations);
  const ended = useServerTime((now) =>
    entries
      .filter(({ reservationId }) =>
        all.some((each) => each.id === reservationId && statusAt(each, now) !== 'ACTIVE'),
      )
      .map(({ id }) => id)
      .join(' '),
  );
  useEffect(() => {
    if (ended !== '') ended.split(' ').forEach(forget);
  }, [ended]);
}

/** A shopper who asked for alerts before a reload hears them after the first press or key. */
function useSoundAfterReload(): void {
  const wanted = useStore(alertsWanted);
  useEffect(() => {
    if (!wanted) return;
    const over = new AbortController();
    for (const event of ['pointerdown', 'keydown'])
      window.addEventListener(event, unlockSound, { once: true, signal: over.signal });
    return () => {
      over.abort();
    };
  }, [wanted]);
}
