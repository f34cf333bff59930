import type { Reservation } from '@/api/types';

export const WARN_SECONDS = 30;
export type Phase = 'calm' | 'urgent' | 'lapsed';

/** How pressing a hold is at a moment of the server's clock. */
export function phaseAt({ expiresAt }: Pick<Reservation, 'expiresAt'>, now: number): Phase {
  const left = Date.parse(expiresAt) - now;
  if (left <= 0) return 'lapsed';
  return left <= WARN_SECONDS * 1000 ? 'urgent' : 'calm';
}
