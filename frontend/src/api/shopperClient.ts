import { clientWith } from '@/api/client';
import { shopperToken } from '@/api/identity';
import { timedFetch } from '@/api/timedFetch';

const UNAUTHENTICATED = 401;

/** Sends requests with the shopper's token, which is fetched before the first of them. */
export const shopperClient = clientWith(fetchAsShopper);

/** `timedFetch` with the shopper's token. A rejected token is replaced and the request is sent once more. */
async function fetchAsShopper(request: Request): Promise<Response> {
  const token = await shopperToken();
  const response = await timedFetch(named(request.clone(), token));
  if (response.status !== UNAUTHENTICATED) return response;
  return timedFetch(named(request, await shopperToken(token)));
}

function named(request: Request, token: string): Request {
  request.headers.set('Authorization', `Bearer ${token}`);
  return request;
}
