import { beforeEach, expect, it, vi } from 'vitest';

import { Unavailable } from '@/api/errors';
import { connection, pollInterval, watched } from '@/data/connection';

const { signal } = new AbortController();
const fail = (error = new Unavailable()) =>
  watched(signal, () => Promise.reject(error)).catch(() => undefined);
const hide = (hidden: boolean) => vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);

beforeEach(() => {
  connection.set({ failures: 0, waitMs: 0, tookMs: 0 });
  hide(false);
});

it('polls each second while visible and slower while hidden', () => {
  expect(pollInterval()).toBe(1000);
  hide(true);
  expect(pollInterval()).toBe(15_000);
});

it('leaves a slow API time to breathe', () => {
  connection.set({ failures: 0, waitMs: 0, tookMs: 900 });
  expect(pollInterval()).toBe(1800);
});

it('backs off while the API is down, and stops as soon as it answers', async () => {
  await fail();
  await fail();
  await fail();
  expect(pollInterval()).toBeGreaterThanOrEqual(2000);
  expect(pollInterval()).toBeLessThanOrEqual(4000);
  await watched(signal, () => Promise.resolve(1));
  expect(pollInterval()).toBe(1000);
});

it('waits as long as the API asks for', async () => {
  await fail(new Unavailable(20_000));
  expect(pollInterval()).toBe(20_000);
});

it('does not blame the API for a call given up here', async () => {
  const given = new AbortController();
  given.abort();
  await watched(given.signal, () => Promise.reject(new Unavailable())).catch(() => undefined);
  expect(connection.get().failures).toBe(0);
});
