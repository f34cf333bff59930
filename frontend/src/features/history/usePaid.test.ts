import { expect, it } from 'vitest';

import { sums } from '@/features/history/usePaid';
import { product } from '@/testing/samples';

const KNOWN = [
  product({ id: 'phone', currency: 'USD' }),
  product({ id: 'lamp', currency: 'EUR' }),
  product({ id: 'mill', currency: 'EUR' }),
];

it('adds amounts of one currency and keeps others apart', () => {
  const amounts = new Map([
    ['phone', 1199],
    ['lamp', 20],
    ['mill', 30.5],
  ]);
  expect(sums(amounts, KNOWN)).toEqual([
    ['USD', 1199],
    ['EUR', 50.5],
  ]);
});

it('keeps the amount of an unknown product apart, and is nothing in the currency of the shop without amounts', () => {
  expect(sums(new Map([['gone', 5]]), KNOWN)).toEqual([[undefined, 5]]);
  expect(sums(new Map(), KNOWN)).toEqual([['USD', 0]]);
});
