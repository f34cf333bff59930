import { observeReply } from '@/lib/serverClock';

const PATIENCE_MS = 10_000;

/** `fetch` that gives up after a while and tells the server clock what each reply says. */
export async function timedFetch(request: Request): Promise<Response> {
  const sentAt = Date.now();
  const signal = AbortSignal.any([request.signal, AbortSignal.timeout(PATIENCE_MS)]);
  const response = await fetch(request, { signal });
  const serverTime = Date.parse(response.headers.get('X-Server-Time') ?? '');
  const ageSeconds = Number(response.headers.get('Age') ?? 0);
  if (!Number.isNaN(serverTime)) observeReply({ serverTime, ageSeconds, sentAt, receivedAt: Date.now() });
  return response;
}
