import { expect, it, vi } from 'vitest';

import { Refusal, Unavailable } from '@/api/errors';
import { admittedAt, shopper, shopperToken } from '@/api/identity';
import { listReservations, reserve } from '@/api/reservations';
import { problem, stubApi } from '@/testing/api';
import { reservation, shopper as sample } from '@/testing/samples';

const { signal } = new AbortController();
const UNAUTHENTICATED = problem(401, 'unauthenticated');

/** An API that issues token-1, token-2, … and accepts the tokens for which `good` returns true. */
function giveTokens(good: (token: string) => boolean = () => true) {
  let given = 0;
  return stubApi((_method, path, headers) => {
    if (path === '/shoppers') {
      given += 1;
      return { status: 201, body: sample({ shopperId: `shopper-${given}`, token: `token-${given}` }) };
    }
    const token = headers.get('Authorization')?.replace('Bearer ', '') ?? '';
    if (!good(token)) return UNAUTHENTICATED;
    return path.startsWith('/reservations?') ? { body: [] } : { status: 201, body: reservation() };
  });
}

const asked = (calls: Request[]) => calls.map(({ url }) => new URL(url).pathname.replace('/api/', ''));
const tokens = (calls: Request[]) => calls.map(({ headers }) => headers.get('Authorization'));

/** Replace the browser's locks by one that another tab holds until the returned function is called. */
function locksHeldElsewhere() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const request = async <T>(_name: string, task: () => Promise<T>) => released.then(task);
  vi.stubGlobal('navigator', Object.assign(Object.create(navigator) as Navigator, { locks: { request } }));
  return () => {
    release();
  };
}

it('fetches a token before the first request for reservations and sends it with each of them', async () => {
  const calls = giveTokens();
  await reserve('p', 1, 'press-1');
  await listReservations({ limit: 50 }, signal);
  expect(asked(calls)).toEqual(['shoppers', 'reservations', 'reservations']);
  expect(tokens(calls)).toEqual([null, 'Bearer token-1', 'Bearer token-1']);
  expect(localStorage.getItem('ember.shopper')).toContain('token-1');
});

it('fetches one token for parallel requests', async () => {
  const calls = giveTokens();
  await Promise.all([reserve('p', 1, 'a'), reserve('q', 1, 'b'), listReservations({ limit: 50 }, signal)]);
  expect(asked(calls).filter((path) => path === 'shoppers')).toHaveLength(1);
});

it('uses the token that another tab fetched while this tab waited for the lock', async () => {
  const calls = giveTokens();
  const release = locksHeldElsewhere();
  const token = shopperToken();
  localStorage.setItem('ember.shopper', JSON.stringify(sample({ token: 'theirs' })));
  release();
  expect(await token).toBe('theirs');
  expect(calls).toHaveLength(0);
});

it('replaces a rejected token and sends the same request again', async () => {
  shopper.set(sample({ token: 'stale' }));
  const calls = giveTokens((token) => token !== 'stale');
  expect(await reserve('p', 2, 'press-1')).toEqual(reservation());
  expect(asked(calls)).toEqual(['reservations', 'shoppers', 'reservations']);
  const [first, , second] = calls;
  expect(await second?.json()).toEqual(await first?.json());
  expect(second?.headers.get('Idempotency-Key')).toBe('press-1');
  expect(shopper.get()?.token).toBe('token-1');
});

it('fails if the new token is rejected too', async () => {
  shopper.set(sample({ token: 'stale' }));
  const calls = giveTokens(() => false);
  const error = await reserve('p', 1, 'k').catch((raised: unknown) => raised);
  expect((error as Refusal).reason).toBe('unauthenticated');
  expect(asked(calls)).toEqual(['reservations', 'shoppers', 'reservations']);
});

it('replaces an expired token before sending a request', async () => {
  shopper.set(sample({ token: 'old', expiresAt: new Date(Date.now() - 1000).toISOString() }));
  const calls = giveTokens();
  await reserve('p', 1, 'k');
  expect(tokens(calls)).toEqual([null, 'Bearer token-1']);
});

it('waits as long as the API asks before it fetches a token, then continues', async () => {
  vi.useFakeTimers();
  let asking = 0;
  const calls = stubApi((_method, path) => {
    if (path !== '/shoppers') return { status: 201, body: reservation() };
    asking += 1;
    const full = { ...problem(429, 'too-many-requests'), headers: { 'Retry-After': '20' } };
    return asking === 1 ? full : { status: 201, body: sample() };
  });
  const reserved = reserve('p', 1, 'k');
  await vi.advanceTimersByTimeAsync(19_000);
  expect(calls).toHaveLength(1);
  expect(admittedAt.get() - Date.now()).toBeLessThanOrEqual(1100);
  await vi.advanceTimersByTimeAsync(1500);
  expect(await reserved).toEqual(reservation());
});

it('is unavailable without a token and tries again for the next request', async () => {
  stubApi(() => new TypeError('gone'));
  await expect(reserve('p', 1, 'k')).rejects.toBeInstanceOf(Unavailable);
  giveTokens();
  expect(await reserve('p', 1, 'k')).toEqual(reservation());
});
