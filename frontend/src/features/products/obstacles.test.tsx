/** The shop offers no reserve request of which it knows that the API would refuse it. */
import { act, cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it } from 'vitest';

import { shopper } from '@/api/identity';
import { mergeReservations, reservations } from '@/data/reservations';
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

const GALAXY = { id: '550e8400-e29b-41d4-a716-446655440001', name: 'Samsung Galaxy S24 Ultra' };

beforeEach(() => {
  shopper.set(sample());
});

it('pays for the hold at the limit per shopper', async () => {
  reservations.set([reservation({ expiresAt: inSeconds(60) })]);
  stubApi(() => ({ body: [product({ maxPerShopper: 1 })] }));
  openProducts();
  expect(await screen.findByText('You have 1 of 1 per shopper.')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Pay $1,199 for iPhone 15 Pro Max' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Go to your hold' })).toBeInTheDocument();
  expect(screen.queryByRole('button', { name: /Reserve/ })).not.toBeInTheDocument();
});

it('says what the shopper has bought at the limit per shopper', async () => {
  reservations.set([reservation({ status: 'COMPLETED', quantity: 2 })]);
  stubApi(() => ({ body: [product({ maxPerShopper: 2 })] }));
  openProducts();
  const button = await screen.findByRole('button', { name: 'You have 2 of 2 iPhone 15 Pro Max' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByText('One shopper can have 2 at most.')).toBeInTheDocument();
});

it('links a refused request to the hold in its way until that hold ends', async () => {
  const mine = reservation({ expiresAt: inSeconds(60) });
  reservations.set([mine]);
  stubApi((method) =>
    method === 'GET'
      ? { body: [product()] }
      : problem(409, 'limit-exceeded', { held: 1, limit: 1, reservationId: mine.id }),
  );
  openProducts();
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
  openProducts();
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

it('shows a countdown to the start of a sale', async () => {
  stubApi(() => ({ body: [product({ saleStartsAt: new Date(Date.now() + 65_000).toISOString() })] }));
  openProducts();
  expect(await screen.findByText(/Opens in/)).toHaveTextContent(/1:0\d/);
  expect(screen.getByRole('button', { name: 'Not open yet iPhone 15 Pro Max' })).toHaveAttribute(
    'aria-disabled',
  );
});

it('keeps a running cooldown over a reload', async () => {
  const calls = stubApi((method) =>
    method === 'GET'
      ? { body: [product()] }
      : problem(409, 'cooling-down', { lapses: 3, until: inSeconds(60) }),
  );
  openProducts();
  await userEvent.click(await reserveButton());
  await screen.findByText(/You can reserve it again in/);
  cleanup();
  openProducts();
  expect(await screen.findByText(/You can reserve it again in/)).toHaveTextContent(
    /let 3 holds lapse.*(1:00|0:5\d)/,
  );
  await userEvent.click(screen.getByRole('button', { name: 'Please wait iPhone 15 Pro Max' }));
  expect(reserveRequests(calls)).toHaveLength(1);
});

it('warns of a cooldown before the lapse that may start it', async () => {
  const lapsed = reservation({ id: 'lapsed', status: 'EXPIRED' });
  reservations.set([reservation({ expiresAt: inSeconds(60) }), lapsed, { ...lapsed, id: 'earlier' }]);
  stubApi(() => ({ body: [product()] }));
  openProducts();
  expect(await screen.findByText(/You let 2 holds of this product lapse/)).toHaveTextContent(
    'may have to wait',
  );
});

it('does not warn of a cooldown without lapses of this product', async () => {
  const other = reservation({ id: 'other', productId: GALAXY.id, status: 'EXPIRED' });
  const cancelled = reservation({ id: 'cancelled', status: 'CANCELLED' });
  reservations.set([reservation({ expiresAt: inSeconds(60) }), other, cancelled]);
  stubApi(() => ({ body: [product()] }));
  openProducts();
  expect(await screen.findByText(/yours until the time ends/)).toBeInTheDocument();
  expect(screen.queryByText(/may have to wait/)).not.toBeInTheDocument();
});

it('offers no product while the shopper has too many holds, and all of them when one ends', async () => {
  const hold = reservation({ productId: 'other', expiresAt: inSeconds(60) });
  reservations.set([hold]);
  stubApi((method) =>
    method === 'GET'
      ? { body: [product(), product(GALAXY)] }
      : problem(409, 'too-many-holds', { activeHolds: 1, limit: 1 }),
  );
  openProducts();
  await userEvent.click(await reserveButton());
  const other = await screen.findByRole('button', { name: `Too many holds ${GALAXY.name}` });
  expect(other).toHaveAttribute('aria-disabled', 'true');
  expect(screen.getByText(/Pay or cancel one of your holds to reserve/)).toBeInTheDocument();
  expect(screen.getAllByRole('button', { name: 'Go to your holds' })).toHaveLength(2);
  act(() => {
    mergeReservations([{ ...hold, status: 'CANCELLED' }]);
  });
  expect(other).toHaveAccessibleName(`Reserve ${GALAXY.name}`);
  expect(other).toHaveAttribute('aria-disabled', 'false');
});

it('shows nothing left of a sale that has ended, and leaves it out of the sum', async () => {
  const ended = product({ ...GALAXY, saleEndsAt: inSeconds(-60), availableStock: 7 });
  stubApi(() => ({ body: [product(), ended] }));
  openProducts();
  expect(await screen.findByText('Not on sale')).toBeInTheDocument();
  expect(screen.getByText(/units left/).parentElement).toHaveTextContent('10of 10 units left');
  expect(screen.queryByText(/7 of/)).not.toBeInTheDocument();
});

it('offers to reserve again after a lapse', async () => {
  reservations.set([reservation({ createdAt: inSeconds(-130), expiresAt: inSeconds(-10) })]);
  stubApi(() => ({ body: [product()] }));
  openProducts();
  const button = await screen.findByRole('button', { name: 'Reserve again iPhone 15 Pro Max' });
  expect(button).toHaveAttribute('aria-disabled', 'false');
  expect(screen.getByText('Your hold has expired.')).toBeInTheDocument();
});
