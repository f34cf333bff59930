import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, waitFor } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import type { Waiter } from '@/api/types';
import { queryClient } from '@/data/queryClient';
import { reservations } from '@/data/reservations';
import { follow, mergeWaiters } from '@/data/waiterChanges';
import { waiters } from '@/data/waiters';
import { WaitingSync } from '@/features/products/waiting/WaitingSync';
import * as alerts from '@/lib/alerts';
import { announcement } from '@/lib/announcements';
import { setTitle } from '@/lib/title';
import { stubApi } from '@/testing/api';
import { inSeconds } from '@/testing/productsView';
import { reservation, shopper as sample, waiter } from '@/testing/samples';

const alertShopper = vi.spyOn(alerts, 'alertShopper');
const hold = () => reservation({ createdAt: inSeconds(0), expiresAt: inSeconds(60) });
const offered = waiter({ status: 'OFFERED', position: null, reservationId: reservation().id });

function run(line: Waiter[]): void {
  stubApi((_method, path) => ({ body: path === '/waiters' ? line : [] }));
  render(
    <QueryClientProvider client={queryClient}>
      <WaitingSync />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  shopper.set(sample());
  alertShopper.mockClear();
  setTitle('Ember');
});

it('leads the title with an offer, and announces it once', async () => {
  follow(waiter());
  run([offered]);
  await waitFor(() => {
    expect(waiters.get()[0]?.status).toBe('OFFERED');
  });
  expect(document.title).toBe('Ember'); // until its hold is known
  act(() => {
    reservations.set([hold()]);
  });
  expect(document.title).toBe('Your turn: iPhone 15 Pro Max · Ember');
  expect(announcement.get().text).toMatch(/^Your turn\. iPhone 15 Pro Max held for you\. Pay within .+\.$/);
  act(() => {
    reservations.set([{ ...hold(), quantity: 1 }]);
  });
  expect(announcement.get().count).toBe(1);
  expect(alertShopper).toHaveBeenCalledOnce();
});

it('keeps the title, but alerts nobody again, after a reload during an offer', () => {
  reservations.set([hold()]);
  follow(offered);
  run([offered]);
  expect(document.title).toBe('Your turn: iPhone 15 Pro Max · Ember');
  expect(alertShopper).not.toHaveBeenCalled();
});

it('frees the title and forgets the offer when its hold ends', async () => {
  reservations.set([hold()]);
  follow(offered);
  run([offered]);
  act(() => {
    reservations.set([{ ...hold(), status: 'COMPLETED' }]);
  });
  expect(document.title).toBe('Ember');
  await waitFor(() => {
    expect(waiters.get()).toEqual([]);
  });
});

it('announces the front of the line and a place that was passed over', () => {
  follow(waiter());
  run([waiter()]);
  act(() => {
    mergeWaiters([waiter({ position: 1 })]);
  });
  expect(announcement.get().text).toBe('You are next in line for iPhone 15 Pro Max.');
  act(() => {
    mergeWaiters([waiter({ status: 'PASSED_OVER', position: null, reason: 'sale-ended' })]);
  });
  expect(announcement.get().text).toContain('The waiting list is closed');
});
