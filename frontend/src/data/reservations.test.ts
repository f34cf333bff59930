import { beforeEach, describe, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { learn, readList, reservations } from '@/data/reservations';
import { statusAt } from '@/data/status';
import { stubApi } from '@/testing/api';
import { NOON, reservation, shopper as sample } from '@/testing/samples';

const older = reservation({ id: 'older', createdAt: '2026-11-27T11:00:00.000Z' });
const newer = reservation({ id: 'newer' });
const ids = () => reservations.get().map(({ id }) => id);

describe('learning', () => {
  it('keeps the newest first and the latest word on each', () => {
    learn([older]);
    learn([newer]);
    learn([{ ...older, status: 'COMPLETED' }]);
    expect(reservations.get().map(({ id, status }) => [id, status])).toEqual([
      ['newer', 'ACTIVE'],
      ['older', 'COMPLETED'],
    ]);
  });

  it('survives the page', () => {
    learn([older]);
    expect(localStorage.getItem('ember.reservations')).toContain('older');
  });

  it('says nothing when nothing is new', () => {
    learn([older]);
    const before = reservations.get();
    learn([{ ...older }]);
    expect(reservations.get()).toBe(before);
  });

  it('does not unlearn an ending or an extension from a reply that was slow', () => {
    const extended = { ...newer, expiresAt: '2026-11-27T12:04:00.000Z', extensionsLeft: 0 };
    learn([{ ...older, status: 'COMPLETED' }, extended]);
    learn([older, { ...newer, extensionsLeft: 1 }]);
    expect(reservations.get()).toEqual([extended, { ...older, status: 'COMPLETED' }]);
  });

  it('adds to what another tab saved a moment ago', () => {
    localStorage.setItem('ember.reservations', JSON.stringify([older]));
    learn([newer]);
    expect(ids()).toEqual(['newer', 'older']);
  });
});

describe("reading the server's list", () => {
  const { signal } = new AbortController();
  const all = () => false;

  beforeEach(() => {
    shopper.set(sample());
  });

  /** The API lists one reservation on each page. */
  function list(...pages: Reservation[]) {
    return stubApi((_method, path) => {
      const page = Number(/after=(\d)/.exec(path)?.[1] ?? 0);
      const next = { Link: `</api/reservations?after=${page + 1}>; rel="next"` };
      return { body: pages.slice(page, page + 1), headers: page + 1 < pages.length ? next : {} };
    });
  }

  it('takes in all pages, and forgets what the server does not have', async () => {
    learn([reservation({ id: 'gone' })]);
    list(newer, older);
    await readList(1, signal, all);
    expect(ids()).toEqual(['newer', 'older']);
  });

  it('stops when enough has been seen, and says nothing about what was not', async () => {
    learn([older]);
    const calls = list(newer, reservation({ id: 'unread', createdAt: '2026-11-27T11:30:00.000Z' }));
    await readList(1, signal, (seen) => seen.length === 1);
    expect(calls).toHaveLength(1);
    expect(ids()).toEqual(['newer', 'older']);
  });

  it('does not forget what was reserved while the list was under way', async () => {
    stubApi(() => {
      learn([newer]);
      return { body: [] };
    });
    await readList(1, signal, all);
    expect(ids()).toEqual(['newer']);
  });
});

it('reads a lapsed hold as expired from the very instant', () => {
  expect(statusAt(reservation(), NOON + 119_999)).toBe('ACTIVE');
  expect(statusAt(reservation(), NOON + 120_000)).toBe('EXPIRED');
  expect(statusAt(reservation({ status: 'COMPLETED' }), NOON + 120_000)).toBe('COMPLETED');
});
