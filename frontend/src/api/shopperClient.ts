import { clientWith } from '@/api/client';
import { shopperToken } from '@/api/identity';
import { timedFetch } from '@/api/timedFetch';
import { withToken } from '@/api/withToken';

const UNAUTHENTICATED = 401;

/** Sends requests with the shopper's token, which is fetched before the first of them. */
export const shopperClient = clientWith(fetchAsShopper);

/** `timedFetch` with the shopper's token. A rejected token is replaced and the request is sent once more. */
async function fetchAsShopper(request: Request): Promise<Response> {
  const token = await shopperToken();
  const response = await timedFetch(withToken(request.clone(), token));
  if (response.status !== UNAUTHENTICATED) return response;
  return timedFetch(withToken(request, await shopperToken(token)));
}
