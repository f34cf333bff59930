import { clientWith } from '@/api/client';
import { shopperToken } from '@/api/identity';
import { timedFetch } from '@/api/timedFetch';

const UNAUTHENTICATED = 401;

/** Asks in the shopper's name, with a token that is fetched when it is first needed. */
export const ownClient = clientWith(namedFetch);

/** `timedFetch` with the shopper's token. One that is refused is replaced, and the request repeated with the new one. */
async function namedFetch(request: Request): Promise<Response> {
  const token = await shopperToken();
  const response = await timedFetch(named(request.clone(), token));
  if (response.status !== UNAUTHENTICATED) return response;
  return timedFetch(named(request, await shopperToken(token)));
}

function named(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}
