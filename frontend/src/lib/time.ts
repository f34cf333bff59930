import { LOCALE } from '@/lib/locale';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const pad = (value: number) => value.toString().padStart(2, '0');

/** Seconds as a countdown: `0:38`, `12:05`, `1:02:03`, `2 d 3 h`. */
export function countdown(seconds: number): string {
  if (seconds >= DAY) return `${Math.floor(seconds / DAY)} d ${Math.floor((seconds % DAY) / HOUR)} h`;
  const minutes = Math.floor((seconds % HOUR) / MINUTE);
  const rest = pad(seconds % MINUTE);
  return seconds >= HOUR ? `${Math.floor(seconds / HOUR)}:${pad(minutes)}:${rest}` : `${minutes}:${rest}`;
}

const counted = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** Seconds in words: `2 minutes`, `1 minute 30 seconds`. */
export function spokenDuration(seconds: number): string {
  const parts = [
    counted(Math.floor(seconds / HOUR), 'hour'),
    counted(Math.floor((seconds % HOUR) / MINUTE), 'minute'),
    counted(seconds % MINUTE, 'second'),
  ].filter((part) => !part.startsWith('0 '));
  return parts.join(' ') || 'no time';
}

const shortFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' });
const clockFormat = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'medium' });
const exactFormat = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'full', timeStyle: 'long' });

/** An instant in the shopper's time zone. */
export const localTime = (instant: string) => shortFormat.format(new Date(instant));

const minuteFormat = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' });

/** A time in the past, in milliseconds: without the date if it was today. */
export function recentTime(at: number, now = Date.now()): string {
  const sameDay = new Date(at).toDateString() === new Date(now).toDateString();
  return (sameDay ? minuteFormat : shortFormat).format(at);
}

/** The time of day to the second. */
export const clockTime = (instant: string) => clockFormat.format(new Date(instant));

/** An instant to the second, with its time zone. */
export const exactTime = (instant: string) => exactFormat.format(new Date(instant));
