import { answered } from '@/api/client';
import { nextCursor } from '@/api/nextCursor';
import { adminClient, clientOf } from '@/desk/adminClient';
import type { Audit, Change, FoundReservation, HoldsQuery, ProductChange, Refund, Sale } from '@/desk/types';

const PAGE = 50;

/** One page of a list, newest first. */
export interface Page<T> {
  items: T[];
  /** The cursor of the next page, undefined on the last page. */
  next: string | undefined;
}

/** Every product live. The first request of a session brings its token, which is not the session's yet. */
export async function readSale(signal: AbortSignal | null, token?: string): Promise<Sale> {
  const client = token === undefined ? adminClient : clientOf(token);
  return (await answered(client.GET('/admin/sale', { signal }))).body;
}

/** Compare stock and journal. The API reads both completely, so it takes a while. */
export async function audit(signal: AbortSignal): Promise<Audit[]> {
  return (await answered(adminClient.GET('/admin/audit', { signal }))).body;
}

/** Change some members of a product. */
export async function changeProduct(id: string, body: ProductChange): Promise<void> {
  const params = { path: { product_id: id } };
  await answered(adminClient.PATCH('/admin/products/{product_id}', { params, body }));
}

/** Add units to a product's stock, or remove available ones if negative. */
export async function restock(id: string, quantity: number): Promise<void> {
  const params = { path: { product_id: id } };
  await answered(adminClient.POST('/admin/products/{product_id}/restock', { params, body: { quantity } }));
}

/** Find reservations by one id, the newest page of them. */
export async function findReservations(
  wanted: HoldsQuery,
  signal: AbortSignal,
): Promise<Page<FoundReservation>> {
  const params = { query: { limit: PAGE, ...wanted } };
  const { body, response } = await answered(adminClient.GET('/admin/reservations', { params, signal }));
  return { items: body, next: nextCursor(response, 'after') };
}

/** End a hold for its shopper. */
export async function release(id: string): Promise<void> {
  const params = { path: { reservation_id: id } };
  await answered(adminClient.POST('/admin/reservations/{reservation_id}/release', { params }));
}

/** Payments to give back. */
export async function listRefunds(
  status: 'open' | 'settled',
  before: string | undefined,
  signal: AbortSignal,
): Promise<Page<Refund>> {
  const query = { status, limit: PAGE, ...(before === undefined ? {} : { before }) };
  const { body, response } = await answered(adminClient.GET('/admin/refunds', { params: { query }, signal }));
  return { items: body, next: nextCursor(response, 'before') };
}

/** Record that a payment was given back. */
export async function settleRefund(paymentReference: string): Promise<void> {
  const params = { path: { payment_reference: paymentReference } };
  await answered(adminClient.POST('/admin/refunds/{payment_reference}/settle', { params }));
}

/** What operators changed. */
export async function listChanges(before: string | undefined, signal: AbortSignal): Promise<Page<Change>> {
  const query = { limit: PAGE, ...(before === undefined ? {} : { before: Number(before) }) };
  const { body, response } = await answered(adminClient.GET('/admin/changes', { params: { query }, signal }));
  return { items: body, next: nextCursor(response, 'before') };
}
