import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';

import { shopper } from '@/api/identity';
import type { Product, Waiter } from '@/api/types';
import { useProducts } from '@/data/products';
import { refresh } from '@/data/queryClient';
import { readWaiters } from '@/data/waiterChanges';
import { isWaiting, waiters } from '@/data/waiters';
import { useElection } from '@/lib/election';
import { spread } from '@/lib/jitter';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** The longest time between two requests of a waiting shopper. */
const WAITING_MS = 30_000;
/** The shortest time between two requests that no shopper's action has caused. */
const SHORTEST_MS = 5_000;
const SHORTEST_HIDDEN_MS = 15_000;
/** The front of a line asks within a second, the others within this time for each place. */
const PLACE_MS = 1_000;
const FARTHEST_PLACE = 15;

/**
 * Keep the shopper's places in line up to date. No cache can answer these requests, so there are few: when the page loads,
 * is looked at again, or is connected again, when the cached products show that a line may have moved, and each 30 s.
 */
export function useWaiterSync(): void {
  const known = useStore(shopper);
  const waiting = useStore(waiters).filter(isWaiting);
  useQuery({
    queryKey: ['waiters', known?.shopperId],
    queryFn: ({ signal }) => {
      askedAt = performance.now();
      return readWaiters(signal);
    },
    enabled: known !== null && waiting.length > 0,
    refetchOnWindowFocus: 'always',
    refetchOnReconnect: 'always',
  });
  // tabs that are looked at ask for themselves; of the hidden ones, one asks for all
  const elected = useElection('ember.waiters');
  useAskSeldom(elected && waiting.length > 0);
  useAskWhenLineMoves(waiting, elected);
}

function useAskSeldom(active: boolean): void {
  useEffect(() => {
    if (!active) return;
    const timer = setInterval(() => void refresh('waiters'), spread(WAITING_MS, 0, 0.2));
    return () => {
      clearInterval(timer);
    };
  }, [active]);
}

/** Ask when fewer shoppers wait, and when an instant passes at which the entry may change. */
function useAskWhenLineMoves(waiting: Waiter[], elected: boolean): void {
  const { products } = useProducts();
  const lengths = useRef(new Map<string, number>());
  const due = useServerTime((now) => dueInstants(waiting, products ?? [], now));
  useEffect(() => {
    const shorter = shortened(lengths.current, products ?? []);
    const concerned = waiters.get().filter(({ productId }) => shorter.includes(productId));
    if (elected || !document.hidden) concerned.forEach(askSoon);
  }, [products, elected]);
  useEffect(() => {
    if (due !== '' && (elected || !document.hidden)) waiters.get().forEach(askSoon);
  }, [due, elected]);
}

/** The products for which fewer shoppers wait than before. Remembers the numbers. */
function shortened(before: Map<string, number>, products: Product[]): string[] {
  const shorter = products.filter(({ id, waiting }) => waiting < (before.get(id) ?? 0));
  for (const { id, waiting } of products) before.set(id, waiting);
  return shorter.map(({ id }) => id);
}

/** The instants of the entries and their products that have passed at `now` (server's clock). */
function dueInstants(waiting: Waiter[], products: Product[], now: number): string {
  const instants = waiting.flatMap(({ productId, earliestOfferAt }) => {
    const product = products.find(({ id }) => id === productId);
    return [earliestOfferAt, product?.nextReleaseAt, product?.saleEndsAt];
  });
  return instants.filter((each) => typeof each === 'string' && Date.parse(each) <= now).join();
}

let scheduled = false;
let askedAt = -Infinity;

/** Spread the requests of all who wait for a product. A hidden tab has learned of the change late already. */
function askSoon({ position }: Waiter): void {
  if (scheduled || position === null) return;
  scheduled = true;
  const spreadMs = document.hidden ? 0 : spread(PLACE_MS * Math.min(position, FARTHEST_PLACE), 1, 0);
  const shortest = document.hidden ? SHORTEST_HIDDEN_MS : SHORTEST_MS;
  const pauseMs = askedAt + spread(shortest, 0, 0.2) - performance.now();
  setTimeout(
    () => {
      scheduled = false;
      void refresh('waiters');
    },
    Math.max(spreadMs, pauseMs),
  );
}
