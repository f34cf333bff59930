import { expect, it } from 'vitest';

import { matching } from '@/features/products/search';
import { product } from '@/testing/samples';

const PRODUCTS = [
  product({ id: 'café', name: 'Café crème', description: null }),
  product({ id: 'mill', name: 'Coffee mill', description: 'Grinds beans for the CAFETIÈRE.' }),
  product({ id: 'lamp', name: 'Lamp', description: 'A lamp of brass.' }),
];

it.each([
  ['', ['café', 'mill', 'lamp']],
  ['  ', ['café', 'mill', 'lamp']],
  ['cafe', ['café', 'mill']],
  ['CAFÉ', ['café', 'mill']],
  ['cafe\u0301', ['café', 'mill']],
  ['brass lamp', ['lamp']],
  ['coffee BEANS', ['mill']],
  ['coffee lamp', []],
  ['null', []],
])('finds with “%s” %j', (text, ids) => {
  expect(matching(PRODUCTS, text).map(({ id }) => id)).toEqual(ids);
});
