import type { Reservation } from '@/api/types';

const WARNING_MS = 30_000;
const SHORT_HOLD_PART = 1 / 4;

export type Phase = 'calm' | 'urgent' | 'lapsed';
export type HoldTimes = Pick<Reservation, 'createdAt' | 'expiresAt'>;

/** How long before the lapse the warning starts: 30 s, or a quarter of a short hold. */
export function warningMs({ createdAt, expiresAt }: HoldTimes): number {
  const length = Date.parse(expiresAt) - Date.parse(createdAt);
  return Math.min(WARNING_MS, length * SHORT_HOLD_PART);
}

/** The phase of a hold at `now` (server's clock). */
export function phaseAt(hold: HoldTimes, now: number): Phase {
  const left = Date.parse(hold.expiresAt) - now;
  if (left <= 0) return 'lapsed';
  return left <= warningMs(hold) ? 'urgent' : 'calm';
}
