import { expect, it } from 'vitest';

import { filterAndSort, type Shown, type Sorted } from '@/features/products/filterAndSort';
import { saleState } from '@/data/productState';
import { isLow, mostAtOnce } from '@/features/products/stock';
import { NOON, product } from '@/testing/samples';

const PRODUCTS = [
  product({ name: 'Beta', price: 20, availableStock: 0 }),
  product({ name: 'alpha', price: 30, availableStock: 2 }),
  product({ name: 'Gamma', price: 20, availableStock: 10 }),
];
const names = (...how: [Shown, Sorted]) => filterAndSort(PRODUCTS, ...how, NOON).map(({ name }) => name);

it('filters by stock', () => {
  expect(names('all', 'name')).toEqual(['alpha', 'Beta', 'Gamma']);
  expect(names('available', 'name')).toEqual(['alpha', 'Gamma']);
  expect(names('low', 'name')).toEqual(['alpha']);
});

it('does not count a product as in stock while its sale is closed', () => {
  const closed = product({ saleStartsAt: new Date(NOON + 1).toISOString() });
  expect(filterAndSort([closed], 'available', 'name', NOON)).toEqual([]);
  expect(filterAndSort([closed], 'available', 'name', NOON + 1)).toEqual([closed]);
});

it('sorts by price and stock, equals by name', () => {
  expect(names('all', 'cheapest')).toEqual(['Beta', 'Gamma', 'alpha']);
  expect(names('all', 'dearest')).toEqual(['alpha', 'Beta', 'Gamma']);
  expect(names('all', 'fewest')).toEqual(['Beta', 'alpha', 'Gamma']);
  expect(names('all', 'most')).toEqual(['Gamma', 'alpha', 'Beta']);
});

it.each([
  [0, 10, false],
  [3, 10, true],
  [4, 10, false],
  [25, 100, true],
  [1, 1, false],
])('calls %i of %i low: %s', (availableStock, totalStock, low) => {
  expect(isLow(product({ availableStock, totalStock }))).toBe(low);
});

it('knows whether the sale is open', () => {
  const sale = product({
    saleStartsAt: new Date(NOON).toISOString(),
    saleEndsAt: new Date(NOON + 1000).toISOString(),
  });
  expect([NOON - 1, NOON, NOON + 999, NOON + 1000].map((now) => saleState(sale, now))).toEqual([
    'upcoming',
    'open',
    'open',
    'over',
  ]);
  expect(saleState(product(), NOON)).toBe('open');
  expect([NOON - 1, NOON, NOON + 1000].map((now) => saleState({ ...sale, paused: true }, now))).toEqual([
    'upcoming',
    'paused',
    'over',
  ]);
});

it('bounds the quantity by stock, limit and what one press may ask for', () => {
  expect(mostAtOnce(product({ availableStock: 4 }))).toBe(4);
  expect(mostAtOnce(product({ maxPerShopper: 2 }))).toBe(2);
  expect(mostAtOnce(product({ maxPerShopper: 3 }), 1)).toBe(2);
  expect(mostAtOnce(product({ maxPerShopper: 3 }), 3)).toBe(1);
  expect(mostAtOnce(product({ availableStock: 500 }))).toBe(100);
  expect(mostAtOnce(product({ availableStock: 0 }))).toBe(1);
});
