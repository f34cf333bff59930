import { expect, it } from 'vitest';

import { Refusal, Unavailable } from '@/api/errors';
import type { Problem } from '@/api/types';
import { tellRefusal } from '@/features/products/refusal';
import { problem } from '@/testing/api';

const told = (name: string, members: Record<string, unknown>) =>
  tellRefusal(new Refusal(problem(409, name, members).body as unknown as Problem));

it.each([
  [{ held: 2, limit: 2, reservationId: 'h' }, 'You already hold this', /2 of 2 per shopper/, 'h'],
  [{ held: 1, limit: 3, reservationId: 'h' }, 'You already hold this', /still reserve 2/, 'h'],
  [{ held: 2, limit: 2, reservationId: null }, 'You have bought your 2 of 2', /some for others/, undefined],
  [{ held: 1, limit: 2, reservationId: null }, 'You have bought 1 of 2', /still reserve 1/, undefined],
  [{ held: 0, limit: 2, reservationId: null }, 'Only 2 per shopper', /still reserve 2/, undefined],
])('explains the limit for %o', (members, title, advice, hold) => {
  const refused = told('limit-exceeded', members);
  expect(refused).toMatchObject({ title, advice: expect.stringMatching(advice) as string });
  expect(refused.hold).toBe(hold);
});

it('sends those with too many holds to them', () => {
  expect(told('too-many-holds', { activeHolds: 5, limit: 5 })).toMatchObject({
    title: 'You have 5 holds running',
    hold: null,
  });
});

it('says until when a break lasts', () => {
  const refused = told('cooling-down', { lapses: 3, until: '2026-11-27T12:00:00.000Z' });
  expect(refused.until).toBe(Date.parse('2026-11-27T12:00:00.000Z'));
  expect(refused.advice).toContain('3 holds');
});

it('tells how many are left, or that none is', () => {
  expect(told('insufficient-stock', { availableStock: 2 }).title).toBe('Only 2 left');
  expect(told('insufficient-stock', { availableStock: 0 }).title).toBe('Just sold out');
});

it("repeats the server's words where it has none of its own, and owns up to silence", () => {
  expect(told('something-new', {})).toMatchObject({ title: 'something-new', advice: 'something-new.' });
  expect(tellRefusal(new Unavailable()).title).toBe('No answer from the shop');
});
