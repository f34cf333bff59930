import { QueryClient } from '@tanstack/react-query';

/**
 * No query polls or retries by itself, and mounting a component sends no second request. `productHeartbeat.ts`,
 * `releaseRefetch.ts` and `reservationSync.ts` decide when to send requests.
 */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      staleTime: Infinity,
      refetchOnWindowFocus: false,
      refetchOnReconnect: false,
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

export type QueryName = 'products' | 'reservations' | 'waiters' | 'history' | 'timeline';

/** Read the named queries again, if they are in use. Resolves when the answers have arrived. */
export function refresh(...names: QueryName[]): Promise<void> {
  return queryClient.invalidateQueries({
    predicate: ({ queryKey }) => names.includes(queryKey[0] as QueryName),
  });
}

/** Read the products again. If a request is running, its answer is awaited instead of sending another. */
export function refreshProducts(): void {
  void queryClient.refetchQueries({ queryKey: ['products'], type: 'active' }, { cancelRefetch: false });
}
