import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { beforeEach, expect, it, vi } from 'vitest';

import { shopper } from '@/api/identity';
import { App } from '@/app/App';
import { queryClient } from '@/data/queryClient';
import { problem, stubApi } from '@/testing/api';
import { reserveButton } from '@/testing/productsView';
import { product, shopper as sample } from '@/testing/samples';

const LAMP = product({ id: 'lamp', name: 'Lamp', currency: 'EUR', description: 'A lamp of brass.' });

beforeEach(() => {
  shopper.set(sample());
  vi.stubGlobal('scrollTo', vi.fn());
  stubApi((method, path) => {
    if (path === '/products') return { body: [product(), LAMP] };
    return method === 'GET' ? { body: [] } : problem(409, 'insufficient-stock');
  });
});

function open(address: string): void {
  window.history.replaceState(null, '', address);
  render(
    <QueryClientProvider client={queryClient}>
      <App />
    </QueryClientProvider>,
  );
}

/** The title follows what is shown. */
async function titled(title: string): Promise<void> {
  await waitFor(() => {
    expect(document.title).toBe(title);
  });
}

it('shows one product with its description and the form of its card, and names it in the title', async () => {
  open('/?product=lamp');
  expect(await screen.findByRole('heading', { level: 1, name: 'Lamp' })).toBeInTheDocument();
  expect(screen.getByText('A lamp of brass.')).toBeInTheDocument();
  expect(screen.getByText('€1,199')).toBeInTheDocument();
  expect(screen.getByRole('img', { name: 'Lamp' })).toBeInTheDocument();
  expect(screen.getByRole('button', { name: 'Reserve Lamp' })).toBeInTheDocument();
  await titled('Lamp · Ember');
});

it('opens from the name on the card and goes back to it, by its link and by the browser', async () => {
  open('/?show=available');
  await userEvent.click(await screen.findByRole('link', { name: 'Lamp' }));
  await userEvent.click(await screen.findByRole('link', { name: 'All products' }));
  expect(await reserveButton()).toBeInTheDocument();
  expect(window.location.search).toBe('?show=available');
  await titled('Ember · flash sale');
  act(() => {
    window.history.back();
  });
  expect(await screen.findByRole('heading', { level: 1, name: 'Lamp' })).toBeInTheDocument();
  await titled('Lamp · Ember');
});

it('says that a product is unknown', async () => {
  open('/?product=nothing');
  expect(await screen.findByText('This product is not on sale here.')).toBeInTheDocument();
  await titled('Product not found · Ember');
});
