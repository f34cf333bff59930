import {
  infiniteQueryOptions,
  QueryClient,
  queryOptions,
  useMutation,
  useQuery,
} from '@tanstack/react-query';

import * as api from '@/desk/deskApi';
import { rates, remember } from '@/desk/rates';
import { session } from '@/desk/session';
import type { HoldsQuery, SaleProduct } from '@/desk/types';

const SALE_MS = 2_000;
/** A sale with many running holds takes long to read. Reading takes at most a fifth of the time. */
const READING_SHARE = 5;
const FAILED_MS = 5_000;
const LIST_MS = 10_000;
/** The audit reads whole tables. */
const AUDIT_MS = 60_000;

/** Queries poll while the page is visible: they stop in a hidden tab and start again when it is shown. */
export const deskQueries = new QueryClient({
  defaultOptions: {
    queries: { networkMode: 'always', retry: false, refetchOnWindowFocus: 'always' },
    mutations: { networkMode: 'always', retry: false },
  },
});

// nothing that a token has read outlives its session
session.subscribe(() => {
  if (session.get().token !== null) return;
  deskQueries.clear();
  rates.set({});
});

let tookMs = 0;

export const SALE = queryOptions({
  queryKey: ['sale'],
  queryFn: async ({ signal }) => {
    const sentAt = performance.now();
    const sale = await api.readSale(signal);
    tookMs = performance.now() - sentAt;
    remember(sale);
    return sale;
  },
  refetchInterval: ({ state }) =>
    state.status === 'error' ? FAILED_MS : Math.max(SALE_MS, READING_SHARE * tookMs),
});

/** A product as the sale showed it last, or undefined. It sends no request. */
export function useSaleProduct(id: string): SaleProduct | undefined {
  const select = ({ products }: { products: SaleProduct[] }) => products.find((each) => each.id === id);
  return useQuery({ ...SALE, enabled: false, select }).data;
}

export const AUDIT = queryOptions({
  queryKey: ['audit'],
  queryFn: ({ signal }) => api.audit(signal),
  refetchInterval: AUDIT_MS,
  staleTime: AUDIT_MS,
  refetchOnWindowFocus: true,
});

export const foundBy = (query: HoldsQuery) =>
  queryOptions({
    queryKey: ['holds', query],
    queryFn: ({ signal }) => api.findReservations(query, signal),
    refetchInterval: LIST_MS,
  });

export const refundsOf = (status: 'open' | 'settled') =>
  infiniteQueryOptions({
    queryKey: ['refunds', status],
    queryFn: ({ pageParam, signal }) => api.listRefunds(status, pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: ({ next }) => next,
    refetchInterval: LIST_MS,
  });

export const CHANGES = infiniteQueryOptions({
  queryKey: ['changes'],
  queryFn: ({ pageParam, signal }) => api.listChanges(pageParam, signal),
  initialPageParam: undefined as string | undefined,
  getNextPageParam: ({ next }) => next,
  refetchInterval: LIST_MS,
});

/** Run a change, then read everything again that it may have changed. The audit would be too much. */
export function useAction<T>(send: (request: T) => Promise<void>) {
  return useMutation({
    mutationFn: send,
    onSettled: () => {
      void deskQueries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'audit' });
    },
  });
}
