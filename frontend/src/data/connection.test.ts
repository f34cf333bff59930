import { beforeEach, expect, it, vi } from 'vitest';

import { Unavailable } from '@/api/errors';
import { CONNECTED, connection, connectionState, tracked } from '@/data/connection';

const { signal } = new AbortController();
const succeed = () => tracked(signal, () => Promise.resolve(1));
const fail = (error = new Unavailable()) =>
  tracked(signal, () => Promise.reject(error)).catch(() => undefined);
const state = () => connectionState(connection.get());

beforeEach(() => {
  vi.useFakeTimers();
  connection.set(CONNECTED);
});

it('is down after a failure and live after the next answer', async () => {
  await fail();
  expect(state()).toBe('down');
  await succeed();
  expect(state()).toBe('live');
});

it('backs off after failures in a row', async () => {
  await fail();
  await fail();
  await fail();
  expect(connection.get().waitMs).toBeGreaterThanOrEqual(2000);
  expect(connection.get().waitMs).toBeLessThanOrEqual(4000);
});

it('waits at least as long as the API asks, with a random addition', async () => {
  await fail(new Unavailable(20_000));
  const first = connection.get().waitMs;
  await fail(new Unavailable(20_000));
  expect(first).toBeGreaterThanOrEqual(20_000);
  expect(connection.get().waitMs).not.toBe(first);
});

it('does not count an aborted request as a failure', async () => {
  const given = new AbortController();
  given.abort();
  await tracked(given.signal, () => Promise.reject(new Unavailable())).catch(() => undefined);
  expect(state()).toBe('live');
});

it('is slow once a request has waited for three seconds, before it times out', async () => {
  let answer: (value: number) => void = () => undefined;
  const request = tracked(signal, () => new Promise<number>((resolve) => (answer = resolve)));
  vi.advanceTimersByTime(2900);
  expect(state()).toBe('live');
  vi.advanceTimersByTime(100);
  expect(state()).toBe('slow');
  answer(1);
  await request;
  expect(state()).toBe('slow'); // the answer took three seconds
  await succeed();
  expect(state()).toBe('live');
});
