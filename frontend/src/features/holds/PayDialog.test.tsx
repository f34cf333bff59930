import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import { payments } from '@/data/payments';
import { queryClient } from '@/data/queryClient';
import { learn, reservations } from '@/data/reservations';
import { PayDialog } from '@/features/holds/PayDialog';
import { problem, stubApi } from '@/testing/api';
import { reservation, shopper as sample } from '@/testing/samples';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const running = () => reservation({ createdAt: inSeconds(-20), expiresAt: inSeconds(100) });
const lapsed = () => reservation({ createdAt: inSeconds(-121), expiresAt: inSeconds(-1) });

beforeEach(() => {
  // there is no modal dialog in jsdom
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
  HTMLDialogElement.prototype.close = vi.fn();
  shopper.set(sample());
});

/** Open the form for a hold; the API gives these answers to the payments, in turn. */
function open(hold: ReturnType<typeof reservation>, ...answers: ReturnType<Parameters<typeof stubApi>[0]>[]) {
  const calls = stubApi((_method, path) => {
    if (!path.endsWith('/complete')) return { body: [] };
    return answers.shift() ?? new TypeError('gone');
  });
  learn([hold]);
  render(
    <QueryClientProvider client={queryClient}>
      <PayDialog hold={hold} onClose={vi.fn()} onSettled={vi.fn()} />
    </QueryClientProvider>,
  );
  return calls;
}

const pay = () => userEvent.click(screen.getByRole('button', { name: /^Pay/ }));
const sent = (calls: Request[]) => calls.filter(({ method }) => method === 'POST');
const references = (calls: Request[]) =>
  Promise.all(
    sent(calls).map(async (call) => ((await call.json()) as { paymentReference: string }).paymentReference),
  );

it('says when what had lapsed could still be had, and knows the purchase', async () => {
  const hold = running();
  const purchase = { ...hold, id: 'purchase', status: 'COMPLETED' as const, replaces: hold.id };
  open(hold, { body: purchase });
  await pay();
  expect(await screen.findByText(/Your hold had lapsed, but we could still/)).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'It is yours' })).toHaveFocus();
  expect(reservations.get().map(({ id }) => id)).toContain('purchase');
  expect(payments.get()).toEqual([]);
});

it('promises the refund of what was paid in vain, and keeps the reference', async () => {
  const calls = open(running(), problem(410, 'reservation-expired', { refundRequired: true }));
  await pay();
  expect(await screen.findByText(/It will be refunded/)).toBeInTheDocument();
  const [reference = 'none'] = await references(calls);
  expect(screen.getByText(reference)).toBeInTheDocument();
  expect(payments.get()).toMatchObject([{ reference, toRefund: true }]);
});

it('repeats a payment without an answer with its reference, also after the lapse', async () => {
  const calls = open(running(), new TypeError('gone'), problem(503, 'busy'));
  await pay();
  expect(await screen.findByText(/Trying again is safe/)).toBeInTheDocument();
  learn([lapsed()]);
  expect(screen.queryByText(/Nothing was charged/)).not.toBeInTheDocument();
  await pay();
  await waitFor(() => {
    expect(sent(calls)).toHaveLength(2);
  });
  const [first, second] = await references(calls);
  expect(first).toMatch(/^card-/);
  expect(second).toBe(first);
});

it('takes another reference after a refusal, and keeps the focus', async () => {
  const calls = open(running(), problem(402, 'payment-declined'), problem(402, 'payment-declined'));
  await userEvent.click(screen.getByRole('radio', { name: /0002/ }));
  await pay();
  expect(await screen.findByText(/Card declined/)).toBeInTheDocument();
  expect(screen.getByRole('button', { name: /^Pay/ })).toHaveFocus();
  await pay();
  await waitFor(() => {
    expect(sent(calls)).toHaveLength(2);
  });
  const [first, second] = await references(calls);
  expect(first).toMatch(/^declined-/);
  expect(second).not.toBe(first);
});

it('says that nothing was charged when the hold lapses before anything was paid', () => {
  open(lapsed());
  expect(screen.getByRole('heading', { name: 'The hold has expired' })).toBeInTheDocument();
  expect(screen.getByText(/Nothing was charged/)).toBeInTheDocument();
});
