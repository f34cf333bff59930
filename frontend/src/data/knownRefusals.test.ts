import { beforeEach, expect, it, vi } from 'vitest';

import { Refusal, Unavailable } from '@/api/errors';
import type { Problem } from '@/api/types';
import { cooldownOf, knownRefusals, learnFrom, mostHolds } from '@/data/knownRefusals';
import { problem } from '@/testing/api';
import { NOON } from '@/testing/samples';

const refusal = (name: string, members: Record<string, unknown>) =>
  new Refusal(problem(409, name, members).body as unknown as Problem);
const until = new Date(NOON + 60_000).toISOString();

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
});

it('knows a cooldown of a product until it ends', () => {
  learnFrom(refusal('cooling-down', { lapses: 3, until }), 'one');
  expect(cooldownOf(knownRefusals.get(), 'one', NOON + 59_999)).toMatchObject({ lapses: 3 });
  expect(cooldownOf(knownRefusals.get(), 'one', NOON + 60_000)).toBeUndefined();
  expect(cooldownOf(knownRefusals.get(), 'other', NOON)).toBeUndefined();
});

it('knows the limit on holds for an hour', () => {
  expect(mostHolds(knownRefusals.get(), NOON)).toBeNull();
  learnFrom(refusal('too-many-holds', { activeHolds: 5, limit: 5 }), 'one');
  expect(mostHolds(knownRefusals.get(), NOON + 3_599_000)).toBe(5);
  expect(mostHolds(knownRefusals.get(), NOON + 3_600_000)).toBeNull();
});

it('keeps what it knows for the next page load', async () => {
  learnFrom(refusal('too-many-holds', { activeHolds: 5, limit: 5 }), 'one');
  learnFrom(refusal('cooling-down', { lapses: 3, until }), 'one');
  learnFrom(refusal('cooling-down', { lapses: 4, until }), 'other');
  vi.resetModules();
  const { knownRefusals: reloaded } = await import('@/data/knownRefusals');
  expect(cooldownOf(reloaded.get(), 'one', NOON)).toMatchObject({ lapses: 3 });
  expect(cooldownOf(reloaded.get(), 'other', NOON)).toMatchObject({ lapses: 4 });
  expect(mostHolds(reloaded.get(), NOON)).toBe(5);
});

it('learns nothing from other refusals and from no answer', () => {
  const before = knownRefusals.get();
  learnFrom(refusal('insufficient-stock', { availableStock: 0 }), 'one');
  learnFrom(new Unavailable(), 'one');
  expect(knownRefusals.get()).toBe(before);
});
