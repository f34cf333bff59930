import { expect, it } from 'vitest';

import { dropTitle, nextDrop } from '@/features/products/drops';
import { NOON, product } from '@/testing/samples';

const opening = (name: string, seconds: number) =>
  product({ name, saleStartsAt: new Date(NOON + 1000 * seconds).toISOString() });

it('is the sale that opens next, with those that open at the same instant', () => {
  const products = [opening('c', 60), opening('later', 61), opening('a', 60), opening('b', 60), product()];
  const drop = nextDrop(products, NOON);
  expect(drop?.products.map(({ name }) => name)).toEqual(['a', 'b', 'c']);
  expect(drop?.startsAt).toBe('2026-11-27T12:01:00.000Z');
});

it('is none once all sales have started', () => {
  expect(nextDrop([opening('a', 0), product()], NOON)).toBeUndefined();
});

it.each([
  [['a'], 'a'],
  [['a', 'b'], 'a and 1 more'],
])('names %s as “%s”', (names, title) => {
  const drop = nextDrop(
    names.map((name) => opening(name, 60)),
    NOON,
  );
  expect(drop && dropTitle(drop)).toBe(title);
});
