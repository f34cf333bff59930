import { expect, it } from 'vitest';

import { forget, remember, remembered } from '@/data/remembered';
import { statusAt } from '@/data/status';
import { NOON, reservation } from '@/testing/samples';

const older = reservation({ id: 'older', createdAt: '2026-11-27T11:00:00.000Z' });

it('keeps the newest first and the latest word on each', () => {
  remember([older]);
  remember([reservation({ id: 'newer' })]);
  remember([{ ...older, status: 'COMPLETED' }]);
  expect(remembered.get().map(({ id, status }) => [id, status])).toEqual([
    ['newer', 'ACTIVE'],
    ['older', 'COMPLETED'],
  ]);
});

it('survives the page', () => {
  remember([older]);
  expect(localStorage.getItem('ember.reservations')).toContain('older');
});

it('says nothing when nothing is new', () => {
  remember([older]);
  const before = remembered.get();
  remember([{ ...older }]);
  expect(remembered.get()).toBe(before);
});

it('forgets what the server never knew', () => {
  remember([older]);
  forget(new Set(['older']));
  expect(remembered.get()).toEqual([]);
});

it('reads a lapsed hold as expired from the very instant', () => {
  expect(statusAt(reservation(), NOON + 119_999)).toBe('ACTIVE');
  expect(statusAt(reservation(), NOON + 120_000)).toBe('EXPIRED');
  expect(statusAt(reservation({ status: 'COMPLETED' }), NOON + 120_000)).toBe('COMPLETED');
});
