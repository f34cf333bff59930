import { Unavailable } from '@/api/errors';
import { backoff } from '@/lib/backoff';
import { createStore } from '@/lib/store';

const VISIBLE_MS = 1_000;
const HIDDEN_MS = 15_000;

/** How the API has been answering: failures in a row, how long to wait after them, how long the last answer took. */
export interface Connection {
  failures: number;
  waitMs: number;
  tookMs: number;
}

export const connection = createStore<Connection>({ failures: 0, waitMs: 0, tookMs: 0 });

/** Run a poll and remember how it went. A call given up by ourselves says nothing about the API. */
export async function watched<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const startedAt = performance.now();
  try {
    const answer = await call();
    connection.set({ failures: 0, waitMs: 0, tookMs: performance.now() - startedAt });
    return answer;
  } catch (error) {
    if (!signal.aborted) countFailure(error);
    throw error;
  }
}

function countFailure(error: unknown): void {
  const failures = connection.get().failures + 1;
  const asked = error instanceof Unavailable ? error.retryAfterMs : 0;
  connection.set({ failures, waitMs: Math.max(asked, backoff(failures)), tookMs: 0 });
}

/** When to poll next: each second while somebody looks, gently when the API is slow, down, or nobody looks. */
export function pollInterval(): number {
  const { failures, waitMs, tookMs } = connection.get();
  if (failures > 0) return waitMs;
  return Math.max(document.hidden ? HIDDEN_MS : VISIBLE_MS, 2 * tookMs);
}
