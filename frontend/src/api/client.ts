import createClient from 'openapi-fetch';

import { isProblem, Refusal, Unavailable } from '@/api/errors';
import type { paths } from '@/api/schema';
import { timedFetch } from '@/api/timedFetch';

export const client = createClient<paths>({ baseUrl: `${window.location.origin}/api`, fetch: timedFetch });

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The answer's body and reply. Raises `Refusal` where the API says no, `Unavailable` where it says nothing usable. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<{ body: T; response: Response }> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw new Unavailable(0, { cause });
  });
  if (response.ok && data !== undefined) return { body: data, response };
  throw refused(response.status) && isProblem(error)
    ? new Refusal(error)
    : new Unavailable(retryAfter(response));
}

const TOO_MANY_REQUESTS = 429;
const refused = (status: number) => status >= 400 && status < 500 && status !== TOO_MANY_REQUESTS;
const retryAfter = (response: Response) => 1000 * (Number(response.headers.get('Retry-After')) || 0);
