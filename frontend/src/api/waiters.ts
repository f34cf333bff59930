import { answered } from '@/api/client';
import { shopperClient } from '@/api/shopperClient';
import type { Waiter } from '@/api/types';

/** List the shopper's entries in waiting lists, newest first. */
export async function listWaiters(signal: AbortSignal): Promise<Waiter[]> {
  return (await answered(shopperClient.GET('/waiters', { signal }))).body;
}

/** Join the waiting list of a sold-out product. A repeated request is answered with the same entry. */
export async function join(productId: string, quantity: number): Promise<Waiter> {
  const call = shopperClient.POST('/products/{product_id}/waiters', {
    params: { path: { product_id: productId } },
    body: { quantity },
  });
  return (await answered(call)).body;
}

/** Leave a waiting list. Refused if the entry does not wait any more. */
export async function leave(id: string): Promise<Waiter> {
  return (
    await answered(shopperClient.POST('/waiters/{waiter_id}/leave', { params: { path: { waiter_id: id } } }))
  ).body;
}
