import { useMutation, useMutationState } from '@tanstack/react-query';

import { Refusal, Unavailable } from '@/api/errors';
import * as api from '@/api/reservations';
import type { Reservation } from '@/api/types';
import { attempt, awaitRefund, settle } from '@/data/payments';
import { refreshAll } from '@/data/queryClient';
import { learn } from '@/data/reservations';

export interface Press {
  productId: string;
  quantity: number;
  /** New for each press; the same when a press that got no answer is repeated. */
  key: string;
}

const RESERVE = ['reserve'];

/**
 * Reserve units. Stays pending until the fresh stock is in, so that what the card shows never jumps back. A service
 * that is busy and says when it will not be is asked once more then, with the same key.
 */
export function useReserve() {
  return useMutation({
    mutationKey: RESERVE,
    mutationFn: ({ productId, quantity, key }: Press) => api.reserve(productId, quantity, key),
    retry: (failures, error) => failures === 0 && retryAfter(error) > 0,
    retryDelay: (_failures, error) => retryAfter(error),
    onSuccess: (reservation) => {
      learn([reservation]);
    },
    onSettled: refreshAll,
  });
}

const retryAfter = (error: Error) => (error instanceof Unavailable ? error.retryAfterMs : 0);

/** Presses that the server has not answered yet. */
export function usePressed(): Press[] {
  return useMutationState({
    filters: { mutationKey: RESERVE, status: 'pending' },
    select: (mutation) => mutation.state.variables as Press,
  });
}

/** Keep a hold for longer, or give it back. */
export const useExtend = () => useChange(api.extend);
export const useCancel = () => useChange(api.cancel);

/** Pay for a hold. An attempt that got no answer is repeated with the reference it had. */
export const useComplete = () => useChange(pay);

interface Attempt {
  id: string;
  /** What the references of a card begin with. */
  prefix: string;
}

async function pay({ id, prefix }: Attempt): Promise<Reservation> {
  const reference = attempt(id, prefix);
  try {
    const paid = await api.complete(id, reference);
    settle(id);
    return paid;
  } catch (error) {
    if (error instanceof Refusal) settle(id);
    if (isRefund(error)) awaitRefund(id, reference);
    throw error;
  }
}

/** Whether a payment arrived when nothing was left to be had for it. */
const isRefund = (error: unknown) => error instanceof Refusal && error.problem.refundRequired === true;

function useChange<T>(change: (what: T) => Promise<Reservation>) {
  return useMutation({
    mutationFn: change,
    onSuccess: (reservation) => {
      learn([reservation]);
    },
    onSettled: () => void refreshAll(),
  });
}

/** Whether the API said no for this reason. */
export const refusedAs = (error: Error | null, reason: string) =>
  error instanceof Refusal && error.reason === reason;
