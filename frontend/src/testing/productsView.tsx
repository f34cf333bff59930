import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';

import { queryClient } from '@/data/queryClient';
import { ProductsView } from '@/features/products/ProductsView';

export function openProducts(): void {
  render(
    <QueryClientProvider client={queryClient}>
      <ProductsView aside={null} />
    </QueryClientProvider>,
  );
}

/** An instant as the API writes it. */
export const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

export const reserveButton = () => screen.findByRole('button', { name: 'Reserve iPhone 15 Pro Max' });
export const reserveMoreButton = () =>
  screen.findByRole('button', { name: 'Reserve 1 more iPhone 15 Pro Max' });
export const reserveRequests = (calls: Request[]) => calls.filter(({ method }) => method === 'POST');
