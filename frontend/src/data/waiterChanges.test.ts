import { beforeEach, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import { follow, forget, mergeWaiters, readWaiters } from '@/data/waiterChanges';
import { waiters } from '@/data/waiters';
import { stubApi } from '@/testing/api';
import { shopper as sample, waiter } from '@/testing/samples';

const offered = waiter({ status: 'OFFERED', position: null, reservationId: 'r' });
const statuses = () => waiters.get().map(({ id, status }) => [id.at(-1), status]);

beforeEach(() => {
  shopper.set(sample());
});

it('follows entries that wait, and what becomes of them', () => {
  mergeWaiters([waiter()]);
  mergeWaiters([offered]);
  expect(statuses()).toEqual([['3', 'OFFERED']]);
});

it('does not follow entries that have ended before', () => {
  mergeWaiters([offered, waiter({ id: 'w4', productId: 'p', status: 'LEFT' })]);
  expect(waiters.get()).toEqual([]);
});

it('ignores a late reply that would undo an end', () => {
  mergeWaiters([waiter()]);
  mergeWaiters([offered]);
  mergeWaiters([waiter()]);
  expect(statuses()).toEqual([['3', 'OFFERED']]);
});

it('forgets a place that the shopper has left in another tab', () => {
  mergeWaiters([waiter()]);
  mergeWaiters([waiter({ status: 'LEFT', position: null })]);
  expect(waiters.get()).toEqual([]);
});

it('follows one entry for a product, the newest', () => {
  follow(waiter({ status: 'PASSED_OVER', reason: 'too-many-holds' }));
  follow(waiter({ id: 'w5', createdAt: '2026-11-27T12:05:00.000Z' }));
  expect(statuses()).toEqual([['5', 'WAITING']]);
});

it('does not show again what the shopper has dismissed', () => {
  const passed = waiter({ status: 'PASSED_OVER', reason: 'sale-ended' });
  mergeWaiters([waiter()]);
  mergeWaiters([passed]);
  forget(passed.id);
  mergeWaiters([passed]);
  expect(waiters.get()).toEqual([]);
});

it('forgets what the server does not list, but not what was joined meanwhile', async () => {
  follow(waiter({ id: 'w6', productId: 'gone' }));
  stubApi(() => {
    follow(waiter({ id: 'w7' }));
    return { body: [] };
  });
  await readWaiters(new AbortController().signal);
  expect(statuses()).toEqual([['7', 'WAITING']]);
});
