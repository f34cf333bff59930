import { clientWith } from '@/api/client';
import { timedFetch } from '@/api/timedFetch';
import { withToken } from '@/api/withToken';
import { reject, session } from '@/desk/session';

/** Not authenticated, or the token of a shopper. */
const REJECTED = [401, 403];

/** Sends requests with the operator's token. If the API rejects it, the session ends. */
export const adminClient = clientWith(async (request) => {
  const token = session.get().token ?? '';
  const response = await timedFetch(withToken(request, token));
  if (REJECTED.includes(response.status)) reject(token);
  return response;
});

/** Sends requests with a token that is not the session's yet. */
export const clientOf = (token: string) => clientWith((request) => timedFetch(withToken(request, token)));
