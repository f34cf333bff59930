import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import { queryClient } from '@/data/queryClient';
import { learn, reservations } from '@/data/reservations';
import { HoldCard } from '@/features/holds/HoldCard';
import { useStore } from '@/lib/store';
import { problem, stubApi } from '@/testing/api';
import { reservation, shopper as sample } from '@/testing/samples';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const urgent = (extensionsLeft: number) =>
  reservation({ createdAt: inSeconds(-100), expiresAt: inSeconds(20), extensionsLeft });
const offer = () => screen.queryByRole('button', { name: /^Keep it 2:00 longer/ });

function Cards() {
  return useStore(reservations).map((hold) => (
    <HoldCard key={hold.id} hold={hold} roomy={false} onPay={vi.fn()} onGiveBack={vi.fn()} />
  ));
}

function show(hold: ReturnType<typeof reservation>, answer: ReturnType<Parameters<typeof stubApi>[0]>): void {
  stubApi((_method, path) => (path.endsWith('/extend') ? answer : { body: [] }));
  learn([hold]);
  render(
    <QueryClientProvider client={queryClient}>
      <Cards />
    </QueryClientProvider>,
  );
}

beforeEach(() => {
  shopper.set(sample());
});

it('is offered at the warning only, and only while one is left', () => {
  show(urgent(0), problem(409, 'extension-limit'));
  expect(offer()).not.toBeInTheDocument();
});

it('moves the end on and leaves the focus at the hold', async () => {
  const hold = urgent(1);
  show(hold, { body: { ...hold, expiresAt: inSeconds(140), extensionsLeft: 0 } });
  const button = offer();
  if (button) await userEvent.click(button);
  expect(await screen.findByText('Held for you')).toBeInTheDocument();
  expect(screen.getByText('+2:00')).toBeInTheDocument();
  expect(offer()).not.toBeInTheDocument();
  expect(screen.getByRole('listitem')).toHaveFocus();
});

it('tells why not', async () => {
  show(urgent(1), problem(410, 'reservation-expired'));
  const button = offer();
  if (button) await userEvent.click(button);
  expect(await screen.findByText(/expired in the meantime/)).toBeInTheDocument();
});
