import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import { Hero } from '@/features/products/Hero';
import { product } from '@/testing/samples';

it.each([
  ['the length of all holds', [120, 120], '2:00'],
  ['the shortest and the longest hold', [120, 40, 600], '0:40–10:00'],
])('shows %s in the dial', (_what, lengths, shown) => {
  render(<Hero products={lengths.map((holdSeconds, id) => product({ id: `${id}`, holdSeconds }))} />);
  expect(screen.getByText('to pay').parentElement).toHaveTextContent(`${shown}to pay`);
});

it('groups the digits of the totals', () => {
  render(<Hero products={[product({ availableStock: 12_345, totalStock: 1_000_000 })]} />);
  expect(screen.getByText(/units left/).parentElement).toHaveTextContent(
    '12,345of 1,000,000 units left, 1 product',
  );
});
