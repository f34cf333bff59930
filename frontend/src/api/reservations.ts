import { answered, client } from '@/api/client';
import type { Reservation, ReservationStatus } from '@/api/types';

const PAGE = 200;

export interface ReservationPage {
  reservations: Reservation[];
  /** The cursor of the next page, undefined on the last one. */
  next: string | undefined;
}

export interface PageQuery {
  status?: ReservationStatus;
  after?: string;
}

/** One page of reservations, newest first. */
export async function listReservations(query: PageQuery, signal: AbortSignal): Promise<ReservationPage> {
  const call = client.GET('/reservations', { params: { query: { ...query, limit: PAGE } }, signal });
  const { body, response } = await answered(call);
  return { reservations: body, next: nextCursor(response.headers.get('Link')) };
}

/** The `after` parameter of a `Link: <…?after=…>; rel="next"` header. */
export function nextCursor(link: string | null): string | undefined {
  const target = /<([^>]*)>\s*;\s*rel="?next"?/.exec(link ?? '')?.[1];
  if (target === undefined) return undefined;
  return new URL(target, window.location.origin).searchParams.get('after') ?? undefined;
}

export async function getReservation(id: string): Promise<Reservation> {
  return (
    await answered(client.GET('/reservations/{reservation_id}', { params: { path: { reservation_id: id } } }))
  ).body;
}

/** Reserve units of a product. `pressKey` is new for every press of the button and the same for its repetitions. */
export async function reserve(productId: string, quantity: number, pressKey: string): Promise<Reservation> {
  const headers = { 'Idempotency-Key': pressKey };
  return (await answered(client.POST('/reservations', { body: { productId, quantity }, headers }))).body;
}

export async function complete(id: string): Promise<Reservation> {
  return (
    await answered(
      client.POST('/reservations/{reservation_id}/complete', { params: { path: { reservation_id: id } } }),
    )
  ).body;
}

export async function cancel(id: string): Promise<Reservation> {
  return (
    await answered(
      client.POST('/reservations/{reservation_id}/cancel', { params: { path: { reservation_id: id } } }),
    )
  ).body;
}
