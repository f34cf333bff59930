import type { Reservation } from '@/api/types';

export type Phase = 'calm' | 'urgent' | 'lapsed';
export type HoldTimes = Pick<Reservation, 'extendableAt' | 'expiresAt'>;

/** The phase of a hold at `now` (server's clock). It is urgent from the instant on at which it can be extended. */
export function phaseAt({ extendableAt, expiresAt }: HoldTimes, now: number): Phase {
  if (now >= Date.parse(expiresAt)) return 'lapsed';
  return extendableAt !== null && now >= Date.parse(extendableAt) ? 'urgent' : 'calm';
}
