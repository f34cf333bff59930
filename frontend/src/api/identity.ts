import { TooManyRequests } from '@/api/errors';
import { createShopper } from '@/api/shoppers';
import type { Shopper } from '@/api/types';
import { createSavedStore } from '@/lib/savedStore';
import { serverNow } from '@/lib/serverClock';

/** Who this browser is to the shop; all its tabs are one shopper. Null until it is first needed. */
export const shopper = createSavedStore<Shopper | null>('ember.shopper', null, parseShopper);

/** Until when the shop asked newcomers of this address to wait, in server's milliseconds. */
export const admittedAt = createSavedStore<number>('ember.admitted', 0, (saved) =>
  typeof saved === 'number' ? saved : null,
);

function parseShopper(saved: unknown): Shopper | null {
  const { shopperId, token, expiresAt } = (saved ?? {}) as Partial<Shopper>;
  return shopperId && token && expiresAt ? { shopperId, token, expiresAt } : null;
}

let underWay: Promise<string> | undefined;

/** The token to send: the one kept, or a new one where there is none, it has expired, or it is the `refused` one. */
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

/** The token another tab was given meanwhile, else a new one; undefined where the shop asks to wait. */
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

/** Browsers have no locks on pages served without TLS; there, two tabs at once may become two shoppers. */
async function oneTabAtATime<T>(task: () => Promise<T>): Promise<T> {
  const locks = navigator.locks as LockManager | undefined;
  return locks ? await locks.request('ember.shopper', task) : task();
}
