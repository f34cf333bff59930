import { expect, it } from 'vitest';

import { Refusal, TooManyRequests, Unavailable } from '@/api/errors';
import type { Problem } from '@/api/types';
import { clockTime } from '@/lib/time';
import { problem } from '@/testing/api';
import { NOON } from '@/testing/samples';
import {
  estimateText,
  lineLength,
  ordinal,
  passedOverText,
  placeText,
  waitingRefusal,
} from '@/texts/waiting';
import openapi from '/openapi.json?raw';

const refusal = (name: string, members: Record<string, unknown> = {}) =>
  new Refusal(problem(409, name, members).body as unknown as Problem);

it.each([
  [1, '1st'],
  [2, '2nd'],
  [3, '3rd'],
  [4, '4th'],
  [11, '11th'],
  [12, '12th'],
  [13, '13th'],
  [21, '21st'],
  [111, '111th'],
  [1002, '1,002nd'],
])('writes place %d as %s', (position, text) => {
  expect(ordinal(position)).toBe(text);
});

it('says the place and the length of a line', () => {
  expect(placeText({ position: 3 })).toBe('You are 3rd in line');
  expect(placeText({ position: 1 })).toBe('You are next in line');
  expect([1, 2].map(lineLength)).toEqual(['1 shopper waits', '2 shoppers wait']);
});

it('gives the earliest time of an offer and what it depends on', () => {
  const earliestOfferAt = '2026-11-27T12:01:40.000Z';
  expect(estimateText({ earliestOfferAt }, NOON)).toBe(
    `At the earliest at ${clockTime(earliestOfferAt)}, if the holds that end by then are not paid.`,
  );
  expect(estimateText({ earliestOfferAt }, NOON + 100_000)).toContain('may come now');
});

it('promises no time if the running holds are too few', () => {
  expect(estimateText({ earliestOfferAt: null }, NOON)).toContain('do not free enough units');
});

it.each([
  ['limit-exceeded', /as many units as one shopper can have/],
  ['too-many-holds', /Pay or cancel a hold/],
  ['cooling-down', /lapsed holds/],
  ['sale-ended', /The sale has ended/],
] as const)('says why a place was passed over: %s', (reason, advice) => {
  expect(passedOverText(reason).advice).toMatch(advice);
});

it.each([
  ['in-stock', { availableStock: 2 }, /^2 left\. Press Reserve/],
  ['waiting-list-full', { limit: 1000 }, /try again later/],
  ['already-waiting', { waiterId: 'w', quantity: 2 }, /leave the line and join again/],
  ['too-many-joins', {}, /in an hour/],
  ['too-many-holds', { activeHolds: 5, limit: 5 }, /leave a line/],
  ['not-waiting', { waiterStatus: 'OFFERED', reservationId: 'r' }, /what has become/],
])('has a text of its own for %s', (name, members, advice) => {
  expect(waitingRefusal(refusal(name, members), 'join').advice).toMatch(advice);
});

it('takes the texts of a reserve for what a reserve is refused for too', () => {
  expect(waitingRefusal(refusal('sale-paused'), 'join').title).toBe('The sale is paused');
  expect(waitingRefusal(new TooManyRequests(1000), 'join').title).toBe('Too many requests at once');
});

it.each(['join', 'leave'] as const)('has a text for no answer to %s', (action) => {
  expect(waitingRefusal(new Unavailable(), action).title).toBe('The shop did not answer');
});

interface Operation {
  responses: Record<string, { description: string }>;
}

it('has a text of its own for each documented refusal', () => {
  const { paths } = JSON.parse(openapi) as { paths: Record<string, { post?: Operation }> };
  const actions = Object.entries(paths).filter(([path]) => path.includes('/waiters'));
  const names = actions
    .flatMap(([, { post }]) => ['404', '409'].map((status) => post?.responses[status]?.description ?? ''))
    .flatMap((text) => [...text.matchAll(/`([a-z-]+)`: /g)].map(([, name]) => name ?? ''));
  expect(names).toContain('waiting-list-full');
  expect(names.filter((name) => waitingRefusal(refusal(name), 'join').title === name)).toEqual([]);
});
