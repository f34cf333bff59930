import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import { holdDialog } from '@/data/holdDialog';
import { reservations } from '@/data/reservations';
import { announcement } from '@/lib/announcements';
import { problem, stubApi } from '@/testing/api';
import {
  inSeconds,
  openProducts,
  reserveButton,
  reserveMoreButton,
  reserveRequests,
} from '@/testing/productsView';
import { product, reservation, shopper as sample } from '@/testing/samples';

beforeEach(() => {
  shopper.set(sample());
});

it('sends one request for a triple click and stores the hold', async () => {
  let answer: (() => void) | undefined;
  const calls = stubApi((method) =>
    method === 'POST' ? { status: 201, body: reservation() } : { body: [product()] },
  );
  const immediately = fetch;
  const delayed = async (request: Request) => {
    if (request.method === 'POST')
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    return immediately(request);
  };
  window.fetch = delayed as typeof fetch;
  openProducts();
  const button = await reserveButton();
  await userEvent.tripleClick(button);
  expect(button).toHaveAttribute('aria-busy', 'true');
  answer?.();
  await waitFor(() => {
    expect(reservations.get()).toHaveLength(1);
  });
  expect(reserveRequests(calls)).toHaveLength(1);
});

it('shows and announces a refusal and keeps the focus on the button', async () => {
  let left = 1;
  stubApi((method) => {
    if (method === 'GET') return { body: [product({ availableStock: left, nextReleaseAt: null })] };
    left = 0;
    return problem(409, 'insufficient-stock', { availableStock: 0 });
  });
  openProducts();
  const button = await reserveButton();
  await userEvent.click(button);
  expect(await screen.findByText('Just sold out')).toBeInTheDocument();
  expect(announcement.get().text).toContain('Just sold out');
  await waitFor(() => {
    expect(button).toHaveTextContent('Join the waiting list');
  });
  expect(button).toHaveFocus();
});

it('repeats an unanswered request with the same key and uses a new key after an answer', async () => {
  let answers = 0;
  const calls = stubApi((method) => {
    if (method === 'GET') return { body: [product()] };
    answers += 1;
    const hold = reservation({ id: `r${answers}`, expiresAt: inSeconds(60) });
    return answers === 1 ? new TypeError('gone') : { status: 201, body: hold };
  });
  openProducts();
  for (const [expected, button] of [
    [1, reserveButton],
    [2, reserveButton],
    [3, reserveMoreButton],
  ] as const) {
    await userEvent.click(await button());
    await waitFor(() => {
      expect(reserveRequests(calls)).toHaveLength(expected);
      expect(screen.queryByRole('button', { busy: true })).not.toBeInTheDocument();
    });
  }
  const [first, second, third] = reserveRequests(calls).map(({ headers }) => headers.get('Idempotency-Key'));
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});

it('turns the button of the card into the payment of the hold and keeps the focus on it', async () => {
  stubApi((method) =>
    method === 'GET'
      ? { body: [product({ availableStock: 1 })] }
      : { status: 201, body: reservation({ expiresAt: inSeconds(60) }) },
  );
  openProducts();
  const button = await reserveButton();
  await userEvent.click(button);
  await waitFor(() => {
    expect(button).toHaveAccessibleName('Pay $1,199 for iPhone 15 Pro Max');
  });
  expect(button).toHaveTextContent(/Pay \$1,199 · (1:00|0:5\d)/);
  expect(button).toHaveFocus();
  await userEvent.keyboard('{Enter}');
  expect(holdDialog.get()).toMatchObject({ action: 'pay', hold: { id: reservation().id } });
});

it('shows the last unit as held, not as sold out', async () => {
  reservations.set([reservation({ expiresAt: inSeconds(60) })]);
  stubApi(() => ({ body: [product({ availableStock: 0, nextReleaseAt: inSeconds(60) })] }));
  openProducts();
  expect(await screen.findByText('You hold 1')).toBeInTheDocument();
  expect(screen.getByText('1 is yours')).toBeInTheDocument();
  expect(screen.queryByText(/Sold out/)).not.toBeInTheDocument();
  expect(screen.queryByText(/Next unit/)).not.toBeInTheDocument();
});

it('repeats the request with the same key when the API says when to retry', async () => {
  let answers = 0;
  const calls = stubApi((method) => {
    if (method === 'GET') return { body: [product()] };
    answers += 1;
    const busy = { ...problem(503, 'busy'), headers: { 'Retry-After': '1' } };
    return answers === 1 ? busy : { status: 201, body: reservation() };
  });
  openProducts();
  await userEvent.click(await reserveButton());
  await waitFor(() => {
    expect(reservations.get()).toHaveLength(1);
  });
  const [first, second, ...more] = reserveRequests(calls).map(({ headers }) =>
    headers.get('Idempotency-Key'),
  );
  expect(second).toBe(first);
  expect(more).toEqual([]);
});

it('offers to load the products again after a failure', async () => {
  stubApi(() => new TypeError('gone'));
  openProducts();
  expect(await screen.findByText('The shop cannot be reached')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
});

it('offers no reserve while the sale is paused', async () => {
  stubApi(() => ({ body: [product({ paused: true })] }));
  openProducts();
  expect(
    await screen.findByText('The sale is paused. You can still pay for your holds.'),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Paused iPhone 15 Pro Max' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});
