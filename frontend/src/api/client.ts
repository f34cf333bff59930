import createClient from 'openapi-fetch';

import { isProblem, Refusal, TooManyRequests, Unavailable } from '@/api/errors';
import type { paths } from '@/api/schema';
import { timedFetch } from '@/api/timedFetch';

/** A client of the API that sends its requests with `fetch`. */
export const clientWith = (fetch: (request: Request) => Promise<Response>) =>
  createClient<paths>({ baseUrl: `${window.location.origin}/api`, fetch });

/** Sends requests without a token, so that shared caches can answer them. */
export const client = clientWith(timedFetch);

interface Answer<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body and the response. Raises `Refusal` for a problem that the API reports, `Unavailable` for anything else. */
export async function answered<T>(call: Promise<Answer<T>>): Promise<{ body: T; response: Response }> {
  const { data, error, response } = await call.catch((cause: unknown) => {
    throw cause instanceof Unavailable ? cause : new Unavailable(0, { cause });
  });
  if (response.ok && data !== undefined) return { body: data, response };
  throw failure(error, response);
}

const TOO_MANY_REQUESTS = 429;

function failure(error: unknown, response: Response): Error {
  if (response.status === TOO_MANY_REQUESTS) return new TooManyRequests(retryAfter(response));
  const refused = response.status >= 400 && response.status < 500;
  return refused && isProblem(error) ? new Refusal(error) : new Unavailable(retryAfter(response));
}

const retryAfter = (response: Response) => 1000 * (Number(response.headers.get('Retry-After')) || 0);
