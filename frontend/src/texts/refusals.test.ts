import { expect, it } from 'vitest';

import { Refusal, TooManyRequests, Unavailable } from '@/api/errors';
import type { Problem } from '@/api/types';
import { problem } from '@/testing/api';
import { refusalText } from '@/texts/refusals';
import openapi from '/openapi.json?raw';

const textOf = (name: string, members: Record<string, unknown> = {}) =>
  refusalText(new Refusal(problem(409, name, members).body as unknown as Problem), 'reserve');

it.each([
  [{ held: 2, limit: 2, reservationId: 'h' }, 'You already hold this product', /2 of 2 per shopper/, 'h'],
  [{ held: 1, limit: 3, reservationId: 'h' }, 'You already hold this product', /still reserve 2/, 'h'],
  [{ held: 2, limit: 2, reservationId: null }, 'You have bought 2 of 2', /2 of 2 per shopper/, undefined],
  [{ held: 1, limit: 2, reservationId: null }, 'You have bought 1 of 2', /still reserve 1/, undefined],
  [{ held: 0, limit: 2, reservationId: null }, 'Only 2 per shopper', /still reserve 2/, undefined],
])('explains the limit per shopper for %o', (members, title, advice, hold) => {
  const text = textOf('limit-exceeded', members);
  expect(text).toMatchObject({ title, advice: expect.stringMatching(advice) as string });
  expect(text.hold).toBe(hold);
});

it('refers to any hold if the shopper has too many', () => {
  expect(textOf('too-many-holds', { activeHolds: 5, limit: 5 })).toMatchObject({
    title: 'You have 5 holds',
    hold: null,
  });
});

it('gives the end of a cooldown', () => {
  const text = textOf('cooling-down', { lapses: 3, until: '2026-11-27T12:00:00.000Z' });
  expect(text.until).toBe(Date.parse('2026-11-27T12:00:00.000Z'));
  expect(text.advice).toContain('3 holds');
});

it('gives the number of units left', () => {
  expect(textOf('insufficient-stock', { availableStock: 2 }).title).toBe('Only 2 left');
  expect(textOf('insufficient-stock', { availableStock: 0 }).title).toBe('Just sold out');
});

it('tells a shopper with too many requests at once to wait', () => {
  expect(refusalText(new TooManyRequests(1000), 'reserve').advice).toContain('wait');
});

it.each([
  [false, 'This hold cannot be extended again', 'Pay before its time ends.'],
  [true, 'Others wait for this product', 'A hold of it can be extended only once. Pay before its time ends.'],
])('explains the limit of extensions if others wait: %s', (othersWait, title, advice) => {
  expect(textOf('extension-limit', { othersWait })).toEqual({ title, advice });
});

it('shows an unknown problem as the API words it', () => {
  expect(textOf('something-new')).toMatchObject({ title: 'something-new', advice: 'something-new.' });
});

it.each(['reserve', 'extend', 'complete', 'cancel'] as const)('has a text for no answer to %s', (action) => {
  expect(refusalText(new Unavailable(), action).title).toBe('The shop did not answer');
});

interface Operation {
  responses: Record<string, { description: string }>;
}

/** The problems that the API documents with these statuses for the shopper's actions. */
function documentedProblems(statuses: string[]): string[] {
  const { paths } = JSON.parse(openapi) as { paths: Record<string, { post?: Operation }> };
  const actions = Object.entries(paths).filter(([path]) => path.startsWith('/reservations'));
  const texts = actions.flatMap(([, { post }]) =>
    statuses.map((status) => post?.responses[status]?.description ?? ''),
  );
  return [...new Set(texts.flatMap((text) => [...text.matchAll(/`([a-z-]+)`: /g)].map(([, name]) => name)))]
    .filter((name) => name !== undefined)
    .sort();
}

it('has a text of its own for each documented refusal', () => {
  const names = documentedProblems(['402', '404', '409', '410']);
  expect(names).toContain('limit-exceeded');
  expect(names.filter((name) => textOf(name).title === name)).toEqual([]);
});
