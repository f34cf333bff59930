import { Unavailable } from '@/api/errors';
import { backoff } from '@/lib/backoff';
import { spread } from '@/lib/jitter';
import { createStore } from '@/lib/store';

/** An answer that takes this long is slow. Much less than the timeout of a request. */
const SLOW_MS = 3_000;

/** How the API has answered the requests for products. */
export interface Connection {
  /** Failures in a row. */
  failures: number;
  /** How long to wait after them. */
  waitMs: number;
  /** How long the last answer took. */
  tookMs: number;
  /** When the request that is running was sent, by `performance.now()`. */
  pendingSince: number | null;
}

export const CONNECTED: Connection = { failures: 0, waitMs: 0, tookMs: 0, pendingSince: null };

export const connection = createStore(CONNECTED);

const pending = new Set<{ sentAt: number }>();

/** Run a request and record its result. A request that the page aborts says nothing about the API. */
export async function tracked<T>(signal: AbortSignal, call: () => Promise<T>): Promise<T> {
  const request = { sentAt: performance.now() };
  pending.add(request);
  record({});
  try {
    const answer = await call();
    record({ failures: 0, waitMs: 0, tookMs: performance.now() - request.sentAt });
    return answer;
  } catch (error) {
    if (!signal.aborted) recordFailure(error);
    throw error;
  } finally {
    pending.delete(request);
    record({});
  }
}

function record(changes: Partial<Connection>): void {
  const [oldest] = pending;
  connection.set({ ...connection.get(), pendingSince: oldest?.sentAt ?? null, ...changes });
}

function recordFailure(error: unknown): void {
  const failures = connection.get().failures + 1;
  const asked = error instanceof Unavailable ? error.retryAfterMs : 0;
  record({ failures, waitMs: Math.max(spread(asked, 0, 0.2), backoff(failures)), tookMs: 0 });
}

export type ConnectionState = 'live' | 'slow' | 'down';

/** Whether the stock on the page is up to date, late, or not to be had. */
export function connectionState({ failures, tookMs, pendingSince }: Connection): ConnectionState {
  if (failures > 0) return 'down';
  const waitedMs = pendingSince === null ? 0 : performance.now() - pendingSince;
  return Math.max(tookMs, waitedMs) >= SLOW_MS ? 'slow' : 'live';
}
