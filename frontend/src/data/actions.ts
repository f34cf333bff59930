import { useMutation, useMutationState } from '@tanstack/react-query';

import { Refusal, Unavailable } from '@/api/errors';
import * as api from '@/api/reservations';
import type { Reservation } from '@/api/types';
import { learnFrom } from '@/data/knownRefusals';
import { forgetPayment, markForRefund, paymentReference } from '@/data/pendingPayments';
import { refresh } from '@/data/queryClient';
import { mergeReservations } from '@/data/reservations';

export interface ReserveRequest {
  productId: string;
  quantity: number;
  /** The idempotency key: a request that was not answered is repeated with the same key. */
  key: string;
}

const RESERVE = ['reserve'];

/**
 * Reserve units. The mutation stays pending until the new stock has arrived, so that the number on the card does not jump
 * back. If the API is busy and says when to retry, the request is sent once more then, with the same key.
 */
export function useReserve() {
  return useMutation({
    mutationKey: RESERVE,
    mutationFn: ({ productId, quantity, key }: ReserveRequest) => api.reserve(productId, quantity, key),
    retry: (failures, error) => failures === 0 && retryAfter(error) > 0,
    retryDelay: (_failures, error) => retryAfter(error),
    onSuccess: (reservation) => {
      mergeReservations([reservation]);
    },
    onError: (error, { productId }) => {
      learnFrom(error, productId);
    },
    onSettled: () => refresh('products'),
  });
}

const retryAfter = (error: Error) => (error instanceof Unavailable ? error.retryAfterMs : 0);

/** Reserve requests that the API has not answered yet. */
export function usePendingReserves(): ReserveRequest[] {
  return useMutationState({
    filters: { mutationKey: RESERVE, status: 'pending' },
    select: (mutation) => mutation.state.variables as ReserveRequest,
  });
}

export const useExtend = () => useHoldAction(api.extend);
export const useCancel = () => useHoldAction(api.cancel);

/** Pay for a hold. A payment that was not answered is repeated with the same reference. */
export const useComplete = () => useHoldAction(pay);

interface PaymentRequest {
  id: string;
  /** The prefix of the reference, which stands for a card. */
  prefix: string;
}

async function pay({ id, prefix }: PaymentRequest): Promise<Reservation> {
  const reference = paymentReference(id, prefix);
  try {
    const paid = await api.complete(id, reference);
    forgetPayment(id);
    return paid;
  } catch (error) {
    if (error instanceof Refusal) forgetPayment(id);
    if (isRefundRequired(error)) markForRefund(id, reference);
    throw error;
  }
}

/** Whether the payment succeeded although the hold could not be completed any more. */
const isRefundRequired = (error: unknown) =>
  error instanceof Refusal && error.problem.refundRequired === true;

/** The reply describes the reservation. After an error, the page reads what the server has instead. */
function useHoldAction<T>(send: (request: T) => Promise<Reservation>) {
  return useMutation({
    mutationFn: send,
    onSuccess: (reservation) => {
      mergeReservations([reservation]);
      void refresh('products');
    },
    onError: () => void refresh('products', 'reservations'),
  });
}

/** Whether the API refused the request for this reason. */
export const isRefusedAs = (error: Error | null, reason: string) =>
  error instanceof Refusal && error.reason === reason;
