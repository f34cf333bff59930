import type { TimelineEntry } from '@/api/types';
import { STATUS_NAMES } from '@/texts/controls';

const EVENTS: Record<TimelineEntry['event'], string> = {
  RESERVED: 'Reserved',
  EXTENDED: 'Extended',
  COMPLETED: STATUS_NAMES.COMPLETED,
  CANCELLED: STATUS_NAMES.CANCELLED,
  LAPSED: STATUS_NAMES.EXPIRED,
  EXPIRED: 'Returned to stock',
};

const ACTORS: Record<Exclude<TimelineEntry['by'], 'reclaim'>, string> = {
  shopper: 'by you',
  'waiting-list': 'for you by the waiting list',
  clock: 'at the end of its time',
  message: 'by its expiry message',
  sweep: 'by the sweep',
  admin: 'by the shop',
};

/** A timeline entry in words. */
export function timelineText({ event, by }: Pick<TimelineEntry, 'event' | 'by'>): string {
  if (by === 'reclaim') return `${EVENTS.EXPIRED} by the next reserve request`;
  return `${EVENTS[event]} ${ACTORS[by]}`;
}
