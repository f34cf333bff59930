import { expect, it } from 'vitest';

import { refusedRequests } from '@/desk/refusals';
import { reasonText } from '@/desk/texts/sale';
import { saleProduct } from '@/testing/deskSamples';

it.each([
  [{}, 0],
  [{ 'insufficient-stock': 40, 'limit-exceeded': 2 }, 42],
])('adds the refused requests %o up', (refused, requests) => {
  expect(refusedRequests(saleProduct({ refused }))).toBe(requests);
});

it('shows a reason that it does not know as the API calls it', () => {
  expect(['sale-paused', 'out-of-luck'].map(reasonText)).toEqual(['Paused', 'out-of-luck']);
});
