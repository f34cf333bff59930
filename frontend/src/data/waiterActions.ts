import { useMutation } from '@tanstack/react-query';

import { shopper } from '@/api/identity';
import type { Waiter } from '@/api/types';
import * as api from '@/api/waiters';
import { isRefusedAs } from '@/data/actions';
import { learnFrom } from '@/data/knownRefusals';
import { queryClient, refresh } from '@/data/queryClient';
import { follow, forget, readWaiters } from '@/data/waiterChanges';

/** The entry of another device is not followed yet, so no query is running for it. */
const READ_MS = 10_000;
const ignore = () => undefined;

interface Places {
  productId: string;
  quantity: number;
}

/** Join the waiting list of a product. The answer is the entry, so that it need not be asked for. */
export function useJoin(onJoined: (entry: Waiter) => void, onError: (error: Error) => void) {
  return useMutation({
    mutationFn: ({ productId, quantity }: Places) => api.join(productId, quantity),
    onSuccess: (entry) => {
      queryClient.setQueryData(['waiters', shopper.get()?.shopperId], 1);
      follow(entry);
      if (entry.status === 'OFFERED') void refresh('reservations');
      onJoined(entry);
    },
    onError: (error, { productId }) => {
      learnFrom(error, productId);
      if (isRefusedAs(error, 'already-waiting')) void readWaiters(AbortSignal.timeout(READ_MS)).catch(ignore);
      onError(error);
    },
    onSettled: () => refresh('products'),
  });
}

/** Leave a waiting list. After an error, the page reads what the server has instead. */
export function useLeave(onLeft: () => void) {
  return useMutation({
    mutationFn: api.leave,
    onSuccess: ({ id }) => {
      forget(id);
      void refresh('products');
      onLeft();
    },
    onError: () => void refresh('waiters', 'products'),
  });
}
