import { observeReply } from '@/lib/serverClock';

const PATIENCE_MS = 10_000;

/** `fetch` with a timeout. It passes the server's time of each reply to the server clock. */
export async function timedFetch(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const response = await fetch(request, { signal });
  const serverTime = Date.parse(response.headers.get('X-Server-Time') ?? '');
  const ageSeconds = Number(response.headers.get('Age') ?? 0);
  if (!Number.isNaN(serverTime)) observeReply({ serverTime, ageSeconds, sentAt, receivedAt: Date.now() });
  return response;
}
