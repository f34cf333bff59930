import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it } from 'vitest';

import { queryClient } from '@/data/queryClient';
import { remembered } from '@/data/remembered';
import { ProductsView } from '@/features/products/ProductsView';
import { announcement } from '@/lib/announcer';
import { problem, stubApi } from '@/testing/api';
import { product, reservation } from '@/testing/samples';

function open(): void {
  render(
    <QueryClientProvider client={queryClient}>
      <ProductsView aside={null} />
    </QueryClientProvider>,
  );
}

const reserveButton = () => screen.findByRole('button', { name: 'Reserve iPhone 15 Pro Max' });
const presses = (calls: Request[]) => calls.filter(({ method }) => method === 'POST');

it('reserves once however often the button is pressed, and remembers the hold', async () => {
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
    expect(remembered.get()).toHaveLength(1);
  });
  expect(presses(calls)).toHaveLength(1);
});

it('says on the card and to the live region what happened, and keeps the focus', async () => {
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

it('repeats a press that got no answer with the same key, and takes a new one after an answer', async () => {
  let answers = 0;
  const calls = stubApi((method) => {
    if (method === 'GET') return { body: [product()] };
    answers += 1;
    return answers === 1 ? new TypeError('gone') : { status: 201, body: reservation({ id: `r${answers}` }) };
  });
  open();
  const button = await reserveButton();
  for (const expected of [1, 2, 3]) {
    await userEvent.click(button);
    await waitFor(() => {
      expect(presses(calls)).toHaveLength(expected);
      expect(button).not.toHaveAttribute('aria-busy', 'true');
    });
  }
  const [first, second, third] = presses(calls).map(({ headers }) => headers.get('Idempotency-Key'));
  expect(second).toBe(first);
  expect(third).not.toBe(second);
});

it('shows an error with a way out when nothing could be loaded', async () => {
  stubApi(() => new TypeError('gone'));
  open();
  expect(await screen.findByText('The shop cannot be reached')).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Try now' })).toBeInTheDocument();
});

it('counts down to the start of a sale', async () => {
  stubApi(() => ({ body: [product({ saleStartsAt: new Date(Date.now() + 65_000).toISOString() })] }));
  open();
  expect(await screen.findByText(/Opens in/)).toHaveTextContent(/1:0\d/);
  expect(screen.getByRole('button', { name: 'Not open yet iPhone 15 Pro Max' })).toHaveAttribute(
    'aria-disabled',
  );
});
