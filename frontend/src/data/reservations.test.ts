import { beforeEach, describe, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { mergeReservations, readReservations, reservations } from '@/data/reservations';
import { statusAt } from '@/data/reservationStatus';
import { stubApi } from '@/testing/api';
import { NOON, reservation, shopper as sample } from '@/testing/samples';

const older = reservation({ id: 'older', createdAt: '2026-11-27T11:00:00.000Z' });
const newer = reservation({ id: 'newer' });
const ids = () => reservations.get().map(({ id }) => id);

describe('merging reservations', () => {
  it('sorts the newest first and keeps the latest state of each', () => {
    mergeReservations([older]);
    mergeReservations([newer]);
    mergeReservations([{ ...older, status: 'COMPLETED' }]);
    expect(reservations.get().map(({ id, status }) => [id, status])).toEqual([
      ['newer', 'ACTIVE'],
      ['older', 'COMPLETED'],
    ]);
  });

  it('saves them for the next page load', () => {
    mergeReservations([older]);
    expect(localStorage.getItem('ember.reservations')).toContain('older');
  });

  it('does not notify subscribers if nothing changed', () => {
    mergeReservations([older]);
    const before = reservations.get();
    mergeReservations([{ ...older }]);
    expect(reservations.get()).toBe(before);
  });

  it('ignores a late reply that would undo an end or an extension', () => {
    const extended = { ...newer, expiresAt: '2026-11-27T12:04:00.000Z', extensionsLeft: 0 };
    mergeReservations([{ ...older, status: 'COMPLETED' }, extended]);
    mergeReservations([older, { ...newer, extensionsLeft: 1 }]);
    expect(reservations.get()).toEqual([extended, { ...older, status: 'COMPLETED' }]);
  });

  it('adds to reservations that another tab has just saved', () => {
    localStorage.setItem('ember.reservations', JSON.stringify([older]));
    mergeReservations([newer]);
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

  it('reads all pages and removes reservations that the server does not have', async () => {
    mergeReservations([reservation({ id: 'gone' })]);
    list(newer, older);
    await readReservations(1, signal, all);
    expect(ids()).toEqual(['newer', 'older']);
  });

  it('stops after enough reservations and keeps those it has not read', async () => {
    mergeReservations([older]);
    const calls = list(newer, reservation({ id: 'unread', createdAt: '2026-11-27T11:30:00.000Z' }));
    await readReservations(1, signal, (seen) => seen.length === 1);
    expect(calls).toHaveLength(1);
    expect(ids()).toEqual(['newer', 'older']);
  });

  it('keeps a hold that was made while the list was being read', async () => {
    stubApi(() => {
      mergeReservations([newer]);
      return { body: [] };
    });
    await readReservations(1, signal, all);
    expect(ids()).toEqual(['newer']);
  });
});

it('is expired from the instant of expiresAt', () => {
  expect(statusAt(reservation(), NOON + 119_999)).toBe('ACTIVE');
  expect(statusAt(reservation(), NOON + 120_000)).toBe('EXPIRED');
  expect(statusAt(reservation({ status: 'COMPLETED' }), NOON + 120_000)).toBe('COMPLETED');
});
