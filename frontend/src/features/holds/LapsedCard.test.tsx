import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { expect, it } from 'vitest';

import type { Product } from '@/api/types';
import { knownRefusals } from '@/data/knownRefusals';
import { queryClient } from '@/data/queryClient';
import { LapsedCard } from '@/features/holds/LapsedCard';
import { stubApi } from '@/testing/api';
import { inSeconds } from '@/testing/productsView';
import { product, reservation } from '@/testing/samples';

const nothing = () => undefined;

function open(...products: Product[]): void {
  stubApi(() => ({ body: products }));
  const hold = reservation({ expiresAt: inSeconds(-5), status: 'EXPIRED' });
  render(
    <QueryClientProvider client={queryClient}>
      <ul>
        <LapsedCard hold={hold} roomy onDismiss={nothing} onRepeatPayment={nothing} />
      </ul>
    </QueryClientProvider>,
  );
}

const reserveAgain = () => screen.queryByRole('button', { name: /Reserve again/ });

it('offers to reserve again while the product can be reserved', async () => {
  open(product());
  expect(await screen.findByText(/The unit is on sale again/)).toBeInTheDocument();
  expect(reserveAgain()).toBeInTheDocument();
});

it('leads to the waiting list if the product is sold out', async () => {
  open(product({ availableStock: 0 }));
  expect(await screen.findByText(/It is sold out now/)).toHaveTextContent('You have not been charged.');
  expect(screen.getByRole('button', { name: /^Waiting list/ })).toBeInTheDocument();
  expect(reserveAgain()).not.toBeInTheDocument();
});

it.each([
  ['is not on sale any more', [product({ saleEndsAt: inSeconds(-1) })], 'The sale has ended.'],
  ['has gone', [], 'The shop does not sell it any more.'],
])('does not offer to reserve again if the product %s', async (_state, products, text) => {
  open(...products);
  expect(await screen.findByText(new RegExp(text))).toHaveTextContent('You have not been charged.');
  expect(reserveAgain()).not.toBeInTheDocument();
});

it('says when the shopper can reserve again during a cooldown', async () => {
  const until = Date.now() + 48_000;
  knownRefusals.set({ cooldowns: [{ productId: product().id, lapses: 3, until }], holdLimit: null });
  open(product());
  expect(await screen.findByText(/You can reserve it again in 0:4\d/)).toBeInTheDocument();
  expect(reserveAgain()).not.toBeInTheDocument();
});
