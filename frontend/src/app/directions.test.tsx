import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';
import { mergeReservations } from '@/data/reservations';
import { waiters } from '@/data/waiters';
import { stubApi } from '@/testing/api';
import { HEBREW, unisolated } from '@/testing/names';
import { inSeconds } from '@/testing/productsView';
import { product, reservation, shopper as sample, waiter } from '@/testing/samples';

const NAMED = product({ name: HEBREW, description: HEBREW });
const SOLD_OUT = product({ id: 'sold-out', name: HEBREW, availableStock: 0, waiting: 3 });
const HOLD = reservation({ productName: HEBREW, createdAt: inSeconds(-1), expiresAt: inSeconds(60) });
const LAPSED = { ...HOLD, id: 'lapsed', expiresAt: inSeconds(-1) };
const IN_LINE = waiter({ productId: 'sold-out', productName: HEBREW });

beforeEach(() => {
  shopper.set(sample());
  vi.stubGlobal('scrollTo', vi.fn());
  mergeReservations([HOLD, LAPSED]);
  waiters.set([IN_LINE]);
  stubApi((_method, path) => {
    if (path === '/products') return { body: [NAMED, SOLD_OUT] };
    return { body: path === '/waiters' ? [IN_LINE] : [HOLD, LAPSED] };
  });
});

it.each([
  ['the products', '/', () => screen.findByRole('button', { name: /^Leave the waiting list/ })],
  ['a product', `/?product=${NAMED.id}`, () => screen.findByRole('heading', { level: 1, name: HEBREW })],
  ['the holds', '/?view=holds', () => screen.findAllByRole('button', { name: /^Cancel hold on/ })],
  ['the history', '/?view=history', () => screen.findAllByRole('button', { name: /^Timeline of/ })],
])('keeps names from right to left apart from the sentences of %s', async (_view, address, shown) => {
  window.history.replaceState(null, '', address);
  render(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
  await shown();
  expect(document.body).toHaveTextContent(HEBREW);
  expect(unisolated()).toEqual([]);
});
