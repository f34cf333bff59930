import { QueryClientProvider } from '@tanstack/react-query';
import { renderHook, waitFor } from '@testing-library/react';
import type { ReactNode } from 'react';
import { expect, it } from 'vitest';

import { useMoney } from '@/data/products';
import { queryClient } from '@/data/queryClient';
import { stubApi } from '@/testing/api';
import { product } from '@/testing/samples';

const wrapper = ({ children }: { children: ReactNode }) => (
  <QueryClientProvider client={queryClient}>{children}</QueryClientProvider>
);
const written = (id: string) => renderHook(() => useMoney(id)(1200), { wrapper }).result;

it('writes an amount in the currency of its product, without a request of its own', async () => {
  const calls = stubApi(() => ({ body: [product({ id: 'mill', currency: 'EUR' })] }));
  const text = written('mill');
  expect(text.current).toBe('1,200');
  await waitFor(() => {
    expect(text.current).toBe('€1,200');
  });
  expect(calls).toHaveLength(1);
});

it('asks once for a product that is no longer listed', async () => {
  const retired = product({ id: 'lamp', currency: 'JPY' });
  const calls = stubApi((_method, path) => ({ body: path === '/products' ? [product()] : retired }));
  const [first, second] = [written('lamp'), written('lamp')];
  await waitFor(() => {
    expect([first.current, second.current]).toEqual(['¥1,200', '¥1,200']);
  });
  expect(calls.map(({ url }) => new URL(url).pathname)).toEqual(['/api/products', '/api/products/lamp']);
});
