import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { queryClient } from '@/data/queryClient';
import { mergeReservations, reservations } from '@/data/reservations';
import { HoldCard } from '@/features/holds/HoldCard';
import { useStore } from '@/lib/store';
import { problem, stubApi } from '@/testing/api';
import { product, reservation, shopper as sample } from '@/testing/samples';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const urgent = (extensionsLeft: number) =>
  reservation({ createdAt: inSeconds(-100), expiresAt: inSeconds(20), extensionsLeft });
const calm = (extensionsLeft: number) =>
  reservation({ createdAt: inSeconds(-20), expiresAt: inSeconds(100), extensionsLeft });
const extendButton = () => screen.queryByRole('button', { name: /^Extend by 2:00/ });

function Cards() {
  return useStore(reservations).map((hold) => (
    <HoldCard key={hold.id} hold={hold} roomy={false} onPay={vi.fn()} onCancel={vi.fn()} />
  ));
}

type Answer = ReturnType<Parameters<typeof stubApi>[0]>;

function show(hold: Reservation, answer: Answer = { body: [] }, waiting = 0): void {
  const products = [product({ waiting })];
  stubApi((_method, path) =>
    path.endsWith('/extend') ? answer : { body: path === '/products' ? products : [] },
  );
  mergeReservations([hold]);
  render(
    <QueryClientProvider client={queryClient}>
      <Cards />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  shopper.set(sample());
});

it('does not offer an extension if none is left', () => {
  show(urgent(0));
  expect(extendButton()).not.toBeInTheDocument();
});

it('says when a hold can be extended that cannot be yet', () => {
  show(calm(9));
  expect(screen.getByText('You can extend it in its last 30 seconds · 9 left')).toBeInTheDocument();
  expect(extendButton()).not.toBeInTheDocument();
});

it('says how many times a hold can be extended', () => {
  show(urgent(9));
  expect(extendButton()).toHaveTextContent('Extend by 2:00 · 9 left');
});

it('says that others wait if therefore no extension is left', async () => {
  show(urgent(0), { body: [] }, 3);
  expect(await screen.findByText(/^Others wait for this product/)).toBeInTheDocument();
  expect(extendButton()).not.toBeInTheDocument();
});

it('extends the hold and moves the focus to its card', async () => {
  const hold = urgent(1);
  const times = { extendableAt: inSeconds(110), expiresAt: inSeconds(140) };
  show(hold, { body: { ...hold, ...times, extensionsLeft: 0 } });
  const button = extendButton();
  if (button) await userEvent.click(button);
  expect(await screen.findByText('Held for you')).toBeInTheDocument();
  expect(screen.getByText('+2:00')).toBeInTheDocument();
  expect(extendButton()).not.toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveFocus();
});

it('shows why an extension was refused', async () => {
  show(urgent(1), problem(410, 'reservation-expired'));
  const button = extendButton();
  if (button) await userEvent.click(button);
  expect(await screen.findByText(/The hold has expired/)).toBeInTheDocument();
});
