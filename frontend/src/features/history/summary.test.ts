import { expect, it } from 'vitest';

import { entries } from '@/features/history/historyEntries';
import { summary } from '@/features/history/summary';
import { NOON, reservation } from '@/testing/samples';

const ALL = [
  reservation({ id: 'held', expiresAt: '2026-11-27T12:05:00.000Z' }),
  reservation({ id: 'lapsed', quantity: 2 }),
  reservation({ id: 'bought', status: 'COMPLETED', quantity: 3, unitPrice: 10.5 }),
  reservation({ id: 'returned', status: 'CANCELLED' }),
];
const LATER = NOON + 180_000;

it('counts a lapsed hold as expired even if its status is ACTIVE', () => {
  expect(summary(ALL, LATER)).toEqual({
    held: 1,
    bought: 3,
    paid: new Map([[reservation().productId, 31.5]]),
    expired: 2,
  });
});

it('filters by the status at the given time', () => {
  const ids = (...args: Parameters<typeof entries>) => entries(...args).map(({ reservation: { id } }) => id);
  expect(ids(ALL, 'EXPIRED', LATER)).toEqual(['lapsed']);
  expect(ids(ALL, 'ACTIVE', NOON)).toEqual(['held', 'lapsed']);
  expect(ids(ALL, 'ALL', LATER)).toHaveLength(4);
});
