import { act, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import type { Product, Waiter } from '@/api/types';
import { reservations } from '@/data/reservations';
import { follow } from '@/data/waiterChanges';
import { waiters } from '@/data/waiters';
import { alertsWanted } from '@/lib/alerts';
import { announcement } from '@/lib/announcements';
import { toast } from '@/lib/toasts';
import { problem, stubApi } from '@/testing/api';
import { inSeconds, openProducts, reserveRequests } from '@/testing/productsView';
import { product, reservation, shopper as sample, waiter } from '@/testing/samples';

const button = (name: string) => screen.findByRole('button', { name: `${name} iPhone 15 Pro Max` });
const place = () => screen.findByRole('region', { name: 'Your place in line for iPhone 15 Pro Max' });

/** A sold-out product with a waiting list. `answer` is the reply to each POST. */
function sellOut(
  answer: ReturnType<Parameters<typeof stubApi>[0]>,
  changes: Partial<Product> = {},
): Request[] {
  const sold = product({ availableStock: 0, waiting: 2, ...changes });
  return stubApi((method) => (method === 'POST' ? answer : { body: [sold] }));
}

beforeEach(() => {
  shopper.set(sample());
});

it('joins with the chosen quantity and keeps the focus on the button', async () => {
  const calls = sellOut({ status: 201, body: waiter({ quantity: 2 }) });
  openProducts();
  expect(await screen.findByText('2 shoppers wait')).toBeInTheDocument();
  await userEvent.click(screen.getByRole('button', { name: 'One more' }));
  const join = await button('Join the waiting list');
  await userEvent.click(join);
  expect(await place()).toHaveTextContent('You are 3rdin lineof 3, for 2 units');
  expect(join).toHaveAccessibleName('Tell me iPhone 15 Pro Max');
  expect(join).toHaveFocus();
  expect(announcement.get().text).toBe('iPhone 15 Pro Max: You are 3rd in line.');
  const [request] = reserveRequests(calls);
  expect(new URL(request?.url ?? '').pathname).toBe(`/api/products/${product().id}/waiters`);
  expect(await request?.json()).toEqual({ quantity: 2 });
});

it('offers no more units than one shopper can have', async () => {
  sellOut({ body: null }, { maxPerShopper: 1 });
  openProducts();
  await button('Join the waiting list');
  expect(screen.queryByRole('button', { name: 'One more' })).not.toBeInTheDocument();
});

it('shows and announces why it cannot be joined', async () => {
  sellOut(problem(409, 'waiting-list-full', { limit: 1000 }));
  openProducts();
  await userEvent.click(await button('Join the waiting list'));
  expect(await screen.findByText('The waiting list is full')).toBeInTheDocument();
  expect(announcement.get().text).toContain('The waiting list is full');
});

it('shows the place of an entry that another device has made', async () => {
  const entry = waiter({ quantity: 2 });
  stubApi((method, path) => {
    if (method === 'POST') return problem(409, 'already-waiting', { waiterId: entry.id, quantity: 2 });
    return { body: path === '/waiters' ? [entry] : [product({ availableStock: 0 })] };
  });
  openProducts();
  await userEvent.click(await button('Join the waiting list'));
  expect(await place()).toHaveTextContent('You are 3rd');
  expect(screen.getByText('You already wait for this product')).toBeInTheDocument();
});

it('offers to reserve if units have come back meanwhile', async () => {
  let left = 0;
  stubApi((method) => {
    if (method === 'GET') return { body: [product({ availableStock: left })] };
    left = 2;
    return problem(409, 'in-stock', { availableStock: 2 });
  });
  openProducts();
  const main = await button('Join the waiting list');
  await userEvent.click(main);
  expect(await screen.findByText('It is available now')).toBeInTheDocument();
  await waitFor(() => {
    expect(main).toHaveAccessibleName('Reserve iPhone 15 Pro Max');
  });
});

it('leaves the line, says so, and moves the focus to the main button', async () => {
  Element.prototype.getClientRects = () => [{}] as unknown as DOMRectList; // jsdom draws nothing
  follow(waiter());
  sellOut({ body: waiter({ status: 'LEFT', position: null }) });
  openProducts();
  await userEvent.click(await screen.findByRole('button', { name: /^Leave the waiting list/ }));
  await waitFor(() => {
    expect(waiters.get()).toEqual([]);
  });
  expect(toast.get()?.title).toBe('You have left the waiting list');
  await waitFor(async () => {
    expect(await button('Join the waiting list')).toHaveFocus();
  });
});

it('turns alerts on and off with one button', async () => {
  follow(waiter());
  sellOut({ body: null });
  openProducts();
  const tell = await button('Tell me');
  expect(tell).toHaveAttribute('aria-pressed', 'false');
  await userEvent.click(tell);
  expect(tell).toHaveAttribute('aria-pressed', 'true');
  expect(await place()).toHaveTextContent('At your turn you hear a sound');
  await userEvent.click(tell);
  expect(alertsWanted.get()).toBe(false);
});

it('shows the place beside the reserve button while fewer units are left than the shopper waits for', async () => {
  follow(waiter({ quantity: 3, position: 1 }));
  sellOut({ body: null }, { availableStock: 1 });
  openProducts();
  expect(await button('Reserve')).toBeInTheDocument();
  expect(
    within(await place()).getByRole('button', { name: 'Tell me iPhone 15 Pro Max' }),
  ).toBeInTheDocument();
});

it('turns into the payment of the hold when it is the turn of the shopper', async () => {
  follow(waiter());
  sellOut({ body: null });
  openProducts();
  const tell = await button('Tell me');
  tell.focus();
  const hold = reservation({ createdAt: inSeconds(0), expiresAt: inSeconds(60) });
  act(() => {
    reservations.set([hold]);
    follow(waiter({ status: 'OFFERED', position: null, reservationId: hold.id }));
  });
  expect(await screen.findByText('Handed over to you from the waiting list')).toBeInTheDocument();
  expect(tell).toHaveAccessibleName('Pay $1,199 for iPhone 15 Pro Max');
  expect(tell).not.toHaveAttribute('aria-pressed');
  expect(tell).toHaveFocus();
});

it.each<[Partial<Waiter>, Partial<Product>, string]>([
  [{ status: 'PASSED_OVER', reason: 'too-many-holds' }, {}, 'Your turn was passed over'],
  [{ status: 'PASSED_OVER', reason: 'sale-ended' }, {}, 'The waiting list is closed'],
  [{}, { saleEndsAt: '2026-11-27T12:00:00.000Z' }, 'The waiting list is closed'],
])('says what became of a place that got no unit: %o', async (entry, changes, title) => {
  vi.useFakeTimers({ now: Date.parse('2026-11-27T12:10:00.000Z'), shouldAdvanceTime: true });
  follow(waiter({ ...entry, endedAt: '2026-11-27T12:05:00.000Z' }));
  sellOut({ body: null }, changes);
  openProducts();
  await screen.findByText(title);
  act(() => {
    screen.getByRole('button', { name: `Dismiss: ${title}` }).click();
  });
  await waitFor(() => {
    expect(screen.queryByText(title)).not.toBeInTheDocument();
  });
});

it('offers the waiting list after an own lapse if the product is sold out', async () => {
  reservations.set([reservation({ createdAt: inSeconds(-125), expiresAt: inSeconds(-5) })]);
  sellOut({ body: null });
  openProducts();
  await button('Join the waiting list');
  expect(screen.getByText('Your hold has expired.')).toBeInTheDocument();
});
