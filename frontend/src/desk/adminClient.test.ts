import { afterEach, expect, it } from 'vitest';

import { Refusal, Unavailable } from '@/api/errors';
import { audit, listRefunds, readSale } from '@/desk/deskApi';
import { session, signIn, signOut } from '@/desk/session';
import { problem, stubApi } from '@/testing/api';

const { signal } = new AbortController();

afterEach(signOut);

it('sends the token of the session', async () => {
  signIn('token-1');
  const calls = stubApi(() => ({ body: [] }));
  await audit(signal);
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token-1');
});

it.each([
  [401, 'unauthenticated'],
  [403, 'forbidden'],
])('ends the session when the API answers %i', async (status, name) => {
  signIn('token-1');
  stubApi(() => problem(status, name));
  await expect(audit(signal)).rejects.toBeInstanceOf(Refusal);
  expect(session.get()).toEqual({ token: null, rejected: true });
});

it('keeps the session when the API is down', async () => {
  signIn('token-1');
  stubApi(() => problem(503, 'busy'));
  await expect(audit(signal)).rejects.toBeInstanceOf(Unavailable);
  expect(session.get().token).toBe('token-1');
});

it('tries a token without making it the one of the session', async () => {
  const calls = stubApi(() => problem(401, 'unauthenticated'));
  await expect(readSale(null, 'token-2')).rejects.toBeInstanceOf(Refusal);
  expect(calls[0]?.headers.get('Authorization')).toBe('Bearer token-2');
  expect(session.get()).toEqual({ token: null, rejected: false });
});

it('asks for the page after the last payment that was read', async () => {
  signIn('token-1');
  const headers = { Link: '</api/admin/refunds?limit=50&before=pay-9>; rel="next"' };
  const calls = stubApi(() => ({ body: [], headers }));
  const first = await listRefunds('open', undefined, signal);
  expect(first.next).toBe('pay-9');
  await listRefunds('open', first.next, signal);
  expect(new URL(calls[1]?.url ?? '').searchParams.get('before')).toBe('pay-9');
  expect(new URL(calls[1]?.url ?? '').searchParams.get('status')).toBe('open');
});
