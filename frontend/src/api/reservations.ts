import { answered } from '@/api/client';
import { nextCursor } from '@/api/nextCursor';
import { shopperClient } from '@/api/shopperClient';
import type { Reservation, ReservationDetails } from '@/api/types';

export interface ReservationPage {
  reservations: Reservation[];
  /** The cursor of the next page, undefined on the last page. */
  next: string | undefined;
}

export interface PageQuery {
  /** Page size, at most 200. */
  limit: number;
  after?: string;
}

/** List one page of the shopper's reservations, newest first. */
export async function listReservations(query: PageQuery, signal: AbortSignal): Promise<ReservationPage> {
  const call = shopperClient.GET('/reservations', { params: { query }, signal });
  const { body, response } = await answered(call);
  return { reservations: body, next: nextCursor(response, 'after') };
}

/** Get one reservation with its timeline, oldest entry first. */
export async function getReservation(id: string, signal: AbortSignal): Promise<ReservationDetails> {
  const call = shopperClient.GET('/reservations/{reservation_id}', { ...at(id), signal });
  return (await answered(call)).body;
}

/** Reserve units of a product. A repeated request has the same idempotency key. */
export async function reserve(
  productId: string,
  quantity: number,
  idempotencyKey: string,
): Promise<Reservation> {
  const headers = { 'Idempotency-Key': idempotencyKey };
  return (await answered(shopperClient.POST('/reservations', { body: { productId, quantity }, headers })))
    .body;
}

/** Extend a running hold by the product's hold length. */
export async function extend(id: string): Promise<Reservation> {
  return (await answered(shopperClient.POST('/reservations/{reservation_id}/extend', at(id)))).body;
}

/** Complete a reservation with a payment. If the hold has lapsed, the reply is a new reservation that replaces it. */
export async function complete(id: string, paymentReference: string): Promise<Reservation> {
  const body = { paymentReference };
  return (await answered(shopperClient.POST('/reservations/{reservation_id}/complete', { ...at(id), body })))
    .body;
}

export async function cancel(id: string): Promise<Reservation> {
  return (await answered(shopperClient.POST('/reservations/{reservation_id}/cancel', at(id)))).body;
}

const at = (id: string) => ({ params: { path: { reservation_id: id } } });
