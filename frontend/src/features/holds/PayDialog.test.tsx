import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import { pendingPayments } from '@/data/pendingPayments';
import { queryClient } from '@/data/queryClient';
import { mergeReservations, reservations } from '@/data/reservations';
import { PayDialog } from '@/features/holds/PayDialog';
import { problem, stubApi } from '@/testing/api';
import { reservation, shopper as sample } from '@/testing/samples';

const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();
const running = () => reservation({ createdAt: inSeconds(-20), expiresAt: inSeconds(100) });
const lapsed = () => reservation({ createdAt: inSeconds(-121), expiresAt: inSeconds(-1) });

beforeEach(() => {
  // jsdom has no modal dialogs
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
  HTMLDialogElement.prototype.close = vi.fn();
  shopper.set(sample());
});

/** Open the form for a hold. The API gives these answers to the payments, in this order. */
function open(hold: ReturnType<typeof reservation>, ...answers: ReturnType<Parameters<typeof stubApi>[0]>[]) {
  const calls = stubApi((_method, path) => {
    if (!path.endsWith('/complete')) return { body: [] };
    return answers.shift() ?? new TypeError('gone');
  });
  mergeReservations([hold]);
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

it('says that a lapsed hold was replaced and stores the new reservation', async () => {
  const hold = running();
  const purchase = { ...hold, id: 'purchase', status: 'COMPLETED' as const, replaces: hold.id };
  open(hold, { body: purchase });
  await pay();
  expect(
    await screen.findByText(/Your hold had expired, but a unit was still available/),
  ).toBeInTheDocument();
  expect(screen.getByRole('heading', { name: 'Payment complete' })).toHaveFocus();
  expect(reservations.get().map(({ id }) => id)).toContain('purchase');
  expect(pendingPayments.get()).toEqual([]);
});

it('announces a refund and keeps the reference of the payment', async () => {
  const calls = open(running(), problem(410, 'reservation-expired', { refundRequired: true }));
  await pay();
  expect(await screen.findByText(/no unit was left/)).toBeInTheDocument();
  const [reference = 'none'] = await references(calls);
  expect(screen.getByText(reference)).toBeInTheDocument();
  expect(pendingPayments.get()).toMatchObject([{ reference, toRefund: true }]);
});

it('repeats an unanswered payment with the same reference, even after the lapse', async () => {
  const calls = open(running(), new TypeError('gone'), problem(503, 'busy'));
  await pay();
  expect(await screen.findByText(/You are charged only once/)).toBeInTheDocument();
  mergeReservations([lapsed()]);
  expect(screen.queryByText(/You have not been charged/)).not.toBeInTheDocument();
  await pay();
  await waitFor(() => {
    expect(sent(calls)).toHaveLength(2);
  });
  const [first, second] = await references(calls);
  expect(first).toMatch(/^card-/);
  expect(second).toBe(first);
});

it('uses a new reference after a refusal and keeps the focus on the button', async () => {
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

it('says that nothing was charged if the hold lapses before a payment', () => {
  open(lapsed());
  expect(screen.getByRole('heading', { name: 'The hold has expired' })).toBeInTheDocument();
  expect(screen.getByText(/You have not been charged/)).toBeInTheDocument();
});
