import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import { holdDialog } from '@/data/holdDialog';
import { queryClient } from '@/data/queryClient';
import { reservations } from '@/data/reservations';
import { ProductsView } from '@/features/products/ProductsView';
import { announcement } from '@/lib/announcements';
import { problem, stubApi } from '@/testing/api';
import { product, reservation, shopper as sample } from '@/testing/samples';

beforeEach(() => {
  shopper.set(sample());
});

function open(): void {
  render(
    <QueryClientProvider client={queryClient}>
      <ProductsView aside={null} />
    </QueryClientProvider>,
  );
}

function inSeconds(seconds: number): string {
  return new Date(Date.now() + seconds * 1000).toISOString();
}

const reserveButton = () => screen.findByRole('button', { name: 'Reserve iPhone 15 Pro Max' });
const reserveMoreButton = () => screen.findByRole('button', { name: 'Reserve 1 more iPhone 15 Pro Max' });
const reserveRequests = (calls: Request[]) => calls.filter(({ method }) => method === 'POST');

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
  open();
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
  open();
  const button = await reserveButton();
  await userEvent.click(button);
  expect(await screen.findByText('Just sold out')).toBeInTheDocument();
  expect(announcement.get().text).toContain('Just sold out');
  await waitFor(() => {
    expect(button).toHaveTextContent('Sold out');
  });
  expect(button).toHaveFocus();
  expect(button).toHaveAttribute('aria-disabled', 'true');
});

it('repeats an unanswered request with the same key and uses a new key after an answer', async () => {
  let answers = 0;
  const calls = stubApi((method) => {
    if (method === 'GET') return { body: [product()] };
    answers += 1;
    const hold = reservation({ id: `r${answers}`, expiresAt: inSeconds(60) });
    return answers === 1 ? new TypeError('gone') : { status: 201, body: hold };
  });
  open();
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
  open();
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
  open();
  expect(await screen.findByText('You hold 1')).toBeInTheDocument();
  expect(screen.queryByText(/Sold out/)).not.toBeInTheDocument();
  expect(screen.queryByText(/Next unit/)).not.toBeInTheDocument();
});

it.each([
  ['held', { expiresAt: inSeconds(60) }, 'Pay $1,199 for iPhone 15 Pro Max'],
  ['bought', { status: 'COMPLETED' as const }, 'Limit reached iPhone 15 Pro Max'],
])('offers no request that the limit forbids, with all units %s', async (_how, changes, name) => {
  reservations.set([reservation(changes)]);
  stubApi(() => ({ body: [product({ maxPerShopper: 1 })] }));
  open();
  expect(await screen.findByText('You have 1 of 1 per shopper.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Reserve/ })).not.toBeInTheDocument();
});

it('repeats the request with the same key when the API says when to retry', async () => {
  let answers = 0;
  const calls = stubApi((method) => {
    if (method === 'GET') return { body: [product()] };
    answers += 1;
    const busy = { ...problem(503, 'busy'), headers: { 'Retry-After': '1' } };
    return answers === 1 ? busy : { status: 201, body: reservation() };
  });
  open();
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

it('links a refused request to the hold in its way until that hold ends', async () => {
  const mine = reservation({ expiresAt: inSeconds(60) });
  reservations.set([mine]);
  stubApi((method) =>
    method === 'GET'
      ? { body: [product()] }
      : problem(409, 'limit-exceeded', { held: 1, limit: 1, reservationId: mine.id }),
  );
  open();
  await userEvent.click(await reserveMoreButton());
  expect(announcement.get().text).toContain('You already hold this product');
  await userEvent.click(await screen.findByRole('button', { name: 'Go to your hold' }));
  expect(window.location.search).toBe('?view=holds');
  act(() => {
    reservations.set([{ ...mine, status: 'CANCELLED' }]);
  });
  expect(screen.queryByText('You already hold this product')).not.toBeInTheDocument();
});

it('counts a cooldown down and accepts the next request after it', async () => {
  const until = inSeconds(4);
  const calls = stubApi((method) =>
    method === 'GET' ? { body: [product()] } : problem(409, 'cooling-down', { lapses: 3, until }),
  );
  open();
  const button = await reserveButton();
  await userEvent.click(button);
  expect(await screen.findByText(/You can reserve it again in/)).toHaveTextContent(/0:0[1-4]/);
  await waitFor(() => {
    expect(button).not.toHaveAttribute('aria-busy', 'true');
  });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  await userEvent.click(button);
  expect(reserveRequests(calls)).toHaveLength(1);
  await waitFor(() => {
    expect(button).toHaveAttribute('aria-disabled', 'false');
  });
  expect(button).toHaveFocus();
  expect(screen.queryByText('Please wait')).not.toBeInTheDocument();
  expect(announcement.get().text).toBe('You can reserve iPhone 15 Pro Max again.');
});

it('offers to load the products again after a failure', async () => {
  stubApi(() => new TypeError('gone'));
  open();
  expect(await screen.findByText('The shop cannot be reached')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try again' })).toBeInTheDocument();
});

it('shows a countdown to the start of a sale', async () => {
  stubApi(() => ({ body: [product({ saleStartsAt: new Date(Date.now() + 65_000).toISOString() })] }));
  open();
  expect(await screen.findByText(/Opens in/)).toHaveTextContent(/1:0\d/);
  expect(screen.getByRole('button', { name: 'Not open yet iPhone 15 Pro Max' })).toHaveAttribute(
    'aria-disabled',
  );
});

it('offers no reserve while the sale is paused', async () => {
  stubApi(() => ({ body: [product({ paused: true })] }));
  open();
  expect(
    await screen.findByText('The sale is paused. You can still pay for your holds.'),
  ).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Paused iPhone 15 Pro Max' })).toHaveAttribute(
    'aria-disabled',
    'true',
  );
});
