import { useSyncExternalStore } from 'react';

import { serverNow } from '@/lib/serverClock';

const TICK_MS = 100;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;

/** One timer for all countdowns. It runs only while there is a countdown. */
export function onTick(listener: () => void): () => void {
  listeners.add(listener);
  timer ??= setInterval(() => {
    listeners.forEach((each) => {
      each();
    });
  }, TICK_MS);
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/**
 * A value derived from the server's time. The component renders again only if it changes, so `derive` must return a
 * primitive.
 */
export function useServerTime<T extends number | boolean | string | null>(derive: (now: number) => T): T {
  const now = () => derive(serverNow());
  return useSyncExternalStore(onTick, now, now);
}

/** Whole seconds until an instant, rounded up: 0 means that it has passed. */
export function secondsUntil(instant: number, now: number): number {
  return Math.max(0, Math.ceil((instant - now) / 1000));
}

export function useSecondsUntil(instant: number): number {
  return useServerTime((now) => secondsUntil(instant, now));
}
