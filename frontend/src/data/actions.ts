import { useMutation, useMutationState } from '@tanstack/react-query';

import { Refusal } from '@/api/errors';
import * as api from '@/api/reservations';
import { refreshAll } from '@/data/queryClient';
import { remember } from '@/data/remembered';

export interface Press {
  productId: string;
  quantity: number;
  /** New for each press; the same when a press that got no answer is repeated. */
  key: string;
}

const RESERVE = ['reserve'];

/** Reserve units. Stays pending until the fresh stock is in, so that what the card shows never jumps back. */
export function useReserve() {
  return useMutation({
    mutationKey: RESERVE,
    mutationFn: ({ productId, quantity, key }: Press) => api.reserve(productId, quantity, key),
    onSuccess: (reservation) => {
      remember([reservation]);
    },
    onSettled: refreshAll,
  });
}

/** Presses that the server has not answered yet. */
export function usePressed(): Press[] {
  return useMutationState({
    filters: { mutationKey: RESERVE, status: 'pending' },
    select: (mutation) => mutation.state.variables as Press,
  });
}

/** Pay for a hold, or give it back. Both are safe to repeat: the server gives the same answer again. */
export const useComplete = () => useSettle(api.complete);
export const useCancel = () => useSettle(api.cancel);

function useSettle(settle: typeof api.complete) {
  return useMutation({
    mutationFn: settle,
    onSuccess: (reservation) => {
      remember([reservation]);
    },
    onSettled: () => void refreshAll(),
  });
}

/** Whether the API said no for this reason. */
export const refusedAs = (error: Error | null, reason: string) =>
  error instanceof Refusal && error.reason === reason;
