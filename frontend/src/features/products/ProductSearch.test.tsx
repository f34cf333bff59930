import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { SEARCHED_FROM } from '@/features/products/search';
import { announcement } from '@/lib/announcements';
import { stubApi } from '@/testing/api';
import { openProducts } from '@/testing/productsView';
import { product } from '@/testing/samples';

/** Many products: lamps, and one drum. */
const shop = (count: number) => [
  product({ id: 'drum', name: 'Drum' }),
  ...Array.from({ length: count - 1 }, (_, place) => product({ id: `lamp-${place}`, name: `Lamp ${place}` })),
];
const sell = (count: number) => stubApi(() => ({ body: shop(count) }));
const cards = () => screen.queryAllByRole('heading', { level: 3 }).map(({ textContent }) => textContent);

it('is offered from 20 products on', async () => {
  sell(SEARCHED_FROM);
  openProducts();
  expect(await screen.findByRole('searchbox', { name: 'Search products' })).toBeInTheDocument();
});

it('is neither offered nor used in a smaller shop', async () => {
  window.history.replaceState(null, '', '/?search=drum');
  sell(SEARCHED_FROM - 1);
  openProducts();
  expect(await screen.findByRole('link', { name: 'Lamp 3' })).toBeInTheDocument();
  expect(screen.queryByRole('searchbox')).not.toBeInTheDocument();
});

it('narrows the list, keeps the text in the address and announces the number of results', async () => {
  sell(SEARCHED_FROM);
  openProducts();
  await userEvent.type(await screen.findByRole('searchbox'), 'dRÙm');
  expect(cards()).toEqual(['Drum']);
  expect(new URLSearchParams(window.location.search).get('search')).toBe('dRÙm');
  await waitFor(() => {
    expect(announcement.get().text).toBe('1 product found');
  });
});

it('begins with the text of the address, and is cleared where nothing matches', async () => {
  window.history.replaceState(null, '', '/?search=tuba&show=low');
  sell(SEARCHED_FROM);
  openProducts();
  expect(await screen.findByText('No product matches “tuba”')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('link', { name: 'Clear search' }));
  expect(cards()).toHaveLength(SEARCHED_FROM);
  expect(window.location.search).toBe('');
});
