import { answered } from '@/api/client';
import { ownClient } from '@/api/ownClient';
import type { Reservation, ReservationDetails } from '@/api/types';

export interface ReservationPage {
  reservations: Reservation[];
  /** The cursor of the next page, undefined on the last one. */
  next: string | undefined;
}

export interface PageQuery {
  /** At most 200. */
  limit: number;
  after?: string;
}

/** One page of the shopper's own reservations, newest first. */
export async function listReservations(query: PageQuery, signal: AbortSignal): Promise<ReservationPage> {
  const call = ownClient.GET('/reservations', { params: { query }, signal });
  const { body, response } = await answered(call);
  return { reservations: body, next: nextCursor(response.headers.get('Link')) };
}

/** The `after` parameter of a `Link: <…?after=…>; rel="next"` header. */
export function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  return new URL(target, window.location.origin).searchParams.get('after') ?? undefined;
}

/** One reservation with what happened to it, oldest first. */
export async function getReservation(id: string, signal: AbortSignal): Promise<ReservationDetails> {
  const call = ownClient.GET('/reservations/{reservation_id}', { ...at(id), signal });
  return (await answered(call)).body;
}

/** Reserve units of a product. `pressKey` is new for every press of the button and the same for its repetitions. */
export async function reserve(productId: string, quantity: number, pressKey: string): Promise<Reservation> {
  const headers = { 'Idempotency-Key': pressKey };
  return (await answered(ownClient.POST('/reservations', { body: { productId, quantity }, headers }))).body;
}

/** Keep a running hold for longer, by its own length. */
export async function extend(id: string): Promise<Reservation> {
  return (await answered(ownClient.POST('/reservations/{reservation_id}/extend', at(id)))).body;
}

/** Complete with a payment. The reply is a new reservation, which replaces this one, where it had lapsed meanwhile. */
export async function complete(id: string, paymentReference: string): Promise<Reservation> {
  const body = { paymentReference };
  return (await answered(ownClient.POST('/reservations/{reservation_id}/complete', { ...at(id), body })))
    .body;
}

export async function cancel(id: string): Promise<Reservation> {
  return (await answered(ownClient.POST('/reservations/{reservation_id}/cancel', at(id)))).body;
}

const at = (id: string) => ({ params: { path: { reservation_id: id } } });
