import { TooManyRequests } from '@/api/errors';
import { createShopper } from '@/api/shoppers';
import type { Shopper } from '@/api/types';
import { createSavedStore } from '@/lib/savedStore';
import { serverNow } from '@/lib/serverClock';

/** The shopper of this browser, shared by all tabs. Null until a token has been fetched. */
export const shopper = createSavedStore<Shopper | null>('ember.shopper', null, parseShopper);

/** When the API will issue a token again, after it refused one: milliseconds of the server's clock. */
export const admittedAt = createSavedStore<number>('ember.admitted', 0, (saved) =>
  typeof saved === 'number' ? saved : null,
);

function parseShopper(saved: unknown): Shopper | null {
  const { shopperId, token, expiresAt } = (saved ?? {}) as Partial<Shopper>;
  return shopperId && token && expiresAt ? { shopperId, token, expiresAt } : null;
}

let underWay: Promise<string> | undefined;

/** The shopper's token. A new one is fetched if there is none, it has expired, or it is the `refused` one. */
export function shopperToken(refused?: string): Promise<string> {
  const kept = usable(shopper.get(), refused);
  if (kept !== undefined) return Promise.resolve(kept);
  underWay ??= fetchToken(refused).finally(() => {
    underWay = undefined;
  });
  return underWay;
}

function usable(known: Shopper | null, refused: string | undefined): string | undefined {
  const good = known !== null && known.token !== refused && Date.parse(known.expiresAt) > serverNow();
  return good ? known.token : undefined;
}

async function fetchToken(refused: string | undefined): Promise<string> {
  for (;;) {
    await admission();
    const token = await oneTabAtATime(() => tryForToken(refused));
    if (token !== undefined) return token;
  }
}

/** A token that another tab has fetched in the meantime, or a new one. Undefined if the API asks to wait. */
async function tryForToken(refused: string | undefined): Promise<string | undefined> {
  const kept = usable(shopper.reload(), refused);
  if (kept !== undefined) return kept;
  try {
    const fresh = await createShopper();
    shopper.set(fresh);
    return fresh.token;
  } catch (error) {
    if (!(error instanceof TooManyRequests)) throw error;
    admittedAt.set(serverNow() + Math.max(error.retryAfterMs, SHORTEST_WAIT_MS));
    return undefined;
  }
}

const SHORTEST_WAIT_MS = 1000;

const admission = () =>
  new Promise<void>((resolve) => {
    const wait = admittedAt.get() - serverNow();
    if (wait <= 0) resolve();
    else setTimeout(resolve, wait);
  });

/** Browsers have Web Locks on secure pages only. Without them, two tabs at once may become two shoppers. */
async function oneTabAtATime<T>(task: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? await locks.request('ember.shopper', task) : task();
}
