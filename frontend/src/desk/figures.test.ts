import { describe, expect, it } from 'vitest';

import { isShown, percent, sellingState, totals, unitsOf } from '@/desk/figures';
import { saleProduct } from '@/testing/deskSamples';
import { NOON } from '@/testing/samples';

const BEFORE = '2026-11-27T11:59:59.000Z';
const AFTER = '2026-11-27T12:00:01.000Z';

describe('the state of a product', () => {
  it.each([
    ['selling', {}],
    ['sold-out', { availableStock: 0 }],
    ['upcoming', { saleStartsAt: AFTER }],
    ['over', { saleEndsAt: BEFORE, availableStock: 0 }],
    ['paused', { paused: true, saleStartsAt: AFTER }],
    ['retired', { retiredAt: BEFORE, paused: true }],
  ])('is %s', (state, changes) => {
    expect(sellingState(saleProduct(changes), NOON)).toBe(state);
  });
});

it('counts units of lapsed holds as available, so that the parts give the total', () => {
  const product = saleProduct({ totalStock: 20, inStock: 6, availableStock: 8, held: 5, lapsed: 2, sold: 9 });
  const { available, held, sold, total } = unitsOf(product);
  expect([available, held, sold]).toEqual([8, 3, 9]);
  expect(available + held + sold).toBe(total);
});

it('adds the products up', () => {
  const lastMinute = {
    ...saleProduct().lastMinute,
    reserved: 4,
    completed: 3,
    expired: { message: 1, sweep: 2, reclaim: 4 },
  };
  const one = saleProduct({ lastMinute, availableStock: 5, held: 3, lapsed: 1, sold: 3 });
  expect(totals([one, one])).toEqual({
    available: 10,
    held: 4,
    sold: 6,
    total: 20,
    reserved: 8,
    completed: 6,
    lapsed: 14,
  });
});

it.each([
  [null, 0, true],
  [BEFORE, 1, true],
  [BEFORE, 0, false],
])('of products retired at %s, shows one with %i units held: %s', (retiredAt, held, shown) => {
  expect(isShown(saleProduct({ retiredAt, held }))).toBe(shown);
});

it.each([
  [1, 3, '33 %'],
  [0, 0, '0 %'],
])('shows %i of %i as %s', (part, whole, shown) => {
  expect(percent(part, whole)).toBe(shown);
});
