import { createSavedStore } from '@/lib/savedStore';

/** Bounds of the difference between the server's clock and the browser's, in milliseconds. */
export interface OffsetBounds {
  earliest: number;
  latest: number;
}

/** The times of one reply. `ageSeconds` is how long a cache has kept it. */
export interface TimedReply {
  serverTime: number;
  ageSeconds: number;
  sentAt: number;
  receivedAt: number;
}

/**
 * The bounds that one reply gives: the server wrote its time between sending and receiving. `Age` has whole seconds
 * only.
 */
export function boundsOf(reply: TimedReply): OffsetBounds {
  const stamped = reply.serverTime + reply.ageSeconds * 1000;
  const rounding = reply.ageSeconds > 0 ? 1000 : 1;
  return { earliest: stamped - reply.receivedAt, latest: stamped + rounding - reply.sentAt };
}

/** The bounds that both allow. If they contradict each other, a clock was changed and only the newer bounds count. */
export function narrow(known: OffsetBounds | null, seen: OffsetBounds): OffsetBounds {
  if (!known) return seen;
  const earliest = Math.max(known.earliest, seen.earliest);
  const latest = Math.min(known.latest, seen.latest);
  return earliest <= latest ? { earliest, latest } : seen;
}

const bounds = createSavedStore<OffsetBounds | null>('ember.clock', null, parseBounds);

function parseBounds(saved: unknown): OffsetBounds | null {
  const { earliest, latest } = (saved ?? {}) as Partial<OffsetBounds>;
  return typeof earliest === 'number' && typeof latest === 'number' ? { earliest, latest } : null;
}

export function observeReply(reply: TimedReply): void {
  const known = bounds.get();
  const next = narrow(known, boundsOf(reply));
  if (next.earliest !== known?.earliest || next.latest !== known.latest) bounds.set(next);
}

/** The server's time now, in milliseconds since 1970: the middle of the bounds. */
export function serverNow(): number {
  const known = bounds.get();
  return Date.now() + (known ? (known.earliest + known.latest) / 2 : 0);
}
