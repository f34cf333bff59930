import { beforeEach, expect, it } from 'vitest';

import { Refusal, Unavailable } from '@/api/errors';
import { shopper } from '@/api/identity';
import { listProducts } from '@/api/products';
import { nextCursor } from '@/api/nextCursor';
import { complete, listReservations, reserve } from '@/api/reservations';
import { problem, stubApi } from '@/testing/api';
import { product, reservation, shopper as sample } from '@/testing/samples';

const signal = new AbortController().signal;

beforeEach(() => {
  shopper.set(sample());
});

it('requests products without a token, so that caches can answer', async () => {
  const calls = stubApi(() => ({ body: [product()] }));
  expect(await listProducts(signal)).toEqual([product()]);
  expect(calls[0]?.headers.get('Authorization')).toBeNull();
});

it('sends product, quantity and idempotency key', async () => {
  const calls = stubApi(() => ({ status: 201, body: reservation() }));
  await reserve('p', 2, 'press-1');
  expect(calls[0]?.headers.get('Idempotency-Key')).toBe('press-1');
  expect(await calls[0]?.json()).toEqual({ productId: 'p', quantity: 2 });
});

it('turns a problem into a refusal with its reason', async () => {
  stubApi(() => problem(409, 'insufficient-stock', { availableStock: 0 }));
  const refusal = await reserve('p', 1, 'k').catch((error: unknown) => error);
  expect(refusal).toBeInstanceOf(Refusal);
  expect((refusal as Refusal).reason).toBe('insufficient-stock');
  expect((refusal as Refusal).problem).toMatchObject({ availableStock: 0 });
});

it.each([
  ['a failed network', new TypeError('Failed to fetch'), 0],
  ['a busy service', { ...problem(503, 'busy'), headers: { 'Retry-After': '7' } }, 7000],
  ['too many requests', { ...problem(429, 'too-many-requests'), headers: { 'Retry-After': '2' } }, 2000],
  ['a reply that is no problem', { status: 404, body: 'not found' }, 0],
])('treats %s as unavailable', async (_what, reply, retryAfterMs) => {
  stubApi(() => reply);
  const error = await complete('id', 'card-1').catch((raised: unknown) => raised);
  expect(error).toBeInstanceOf(Unavailable);
  expect((error as Unavailable).retryAfterMs).toBe(retryAfterMs);
});

it('reads the cursor of the next page from the Link header', async () => {
  const headers = { Link: '</api/reservations?limit=200&after=abc>; rel="next"' };
  const calls = stubApi(() => ({ body: [reservation()], headers }));
  expect(await listReservations({ limit: 200 }, signal)).toEqual({
    reservations: [reservation()],
    next: 'abc',
  });
  expect(calls[0]?.url).toContain('limit=200');
  expect(nextCursor(new Response(), 'after')).toBeUndefined();
});
