import { QueryClient } from '@tanstack/react-query';

import { pollInterval } from '@/data/connection';

/** Polling is the retry, so no query retries by itself; what is shown stays until something newer comes. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      networkMode: 'always',
      retry: false,
      refetchInterval: pollInterval,
      refetchIntervalInBackground: true,
      refetchOnWindowFocus: 'always',
      refetchOnReconnect: 'always',
    },
    mutations: { networkMode: 'always', retry: false },
  },
});

/** Ask again at once for everything shown; resolves when the answers are in. */
export const refreshAll = () => queryClient.invalidateQueries();
