import type { Reservation } from '@/api/types';

export const WARNING_SECONDS = 30;
export type Phase = 'calm' | 'urgent' | 'lapsed';

/** The phase of a hold at `now` (server's clock). */
export function phaseAt({ expiresAt }: Pick<Reservation, 'expiresAt'>, now: number): Phase {
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'lapsed';
  return left <= WARNING_SECONDS * 1000 ? 'urgent' : 'calm';
}
