import type { TimelineEntry } from '@/api/types';

const EVENTS: Record<TimelineEntry['event'], string> = {
  RESERVED: 'Reserved',
  EXTENDED: 'Kept for longer',
  COMPLETED: 'Bought',
  CANCELLED: 'Given back',
  LAPSED: 'Expired',
  EXPIRED: 'Put back on the shelf',
};

const ACTORS: Record<Exclude<TimelineEntry['by'], 'reclaim'>, string> = {
  shopper: 'by you',
  clock: 'by the clock',
  message: 'on time',
  sweep: 'by the sweep',
};

/** A step of a reservation's life in words: what happened, and who did it. */
export function tell({ event, by }: Pick<TimelineEntry, 'event' | 'by'>): string {
  if (by === 'reclaim') return 'Taken back by the next shopper';
  return `${EVENTS[event]} ${ACTORS[by]}`;
}
