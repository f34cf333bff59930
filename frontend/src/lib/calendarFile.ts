export interface CalendarEvent {
  id: string;
  title: string;
  /** An instant as the API writes it. */
  startsAt: string;
}

const LASTS_MS = 15 * 60_000;
const MOST_OCTETS = 75;

/** Save a calendar file (RFC 5545) with one event of a quarter of an hour, and a reminder five minutes before it. */
export function saveCalendarFile(event: CalendarEvent): void {
  const text = calendarFile(event, window.location.origin + window.location.pathname, Date.now());
  const address = URL.createObjectURL(new Blob([text], { type: 'text/calendar;charset=utf-8' }));
  const link = document.createElement('a');
  link.href = address;
  link.download = 'drop.ics';
  link.click();
  setTimeout(() => {
    URL.revokeObjectURL(address);
  });
}

/** The text of the calendar file. `now` is when it was written. */
export function calendarFile({ id, title, startsAt }: CalendarEvent, url: string, now: number): string {
  const start = Date.parse(startsAt);
  return [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ember//Shop//EN',
    'BEGIN:VEVENT',
    `UID:${id}@${new URL(url).host}`,
    `DTSTAMP:${utc(now)}`,
    `DTSTART:${utc(start)}`,
    `DTEND:${utc(start + LASTS_MS)}`,
    `SUMMARY:${escaped(title)}`,
    `URL:${url}`,
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    `DESCRIPTION:${escaped(title)}`,
    'TRIGGER:-PT5M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
  ]
    .map((line) => `${folded(line)}\r\n`)
    .join('');
}

/** `20261127T100000Z` */
const utc = (instant: number) => new Date(instant).toISOString().replace(/[-:]|\.\d+/g, '');

const escaped = (text: string) => text.replace(/[\\;,]/g, '\\$&').replace(/\r?\n/g, '\\n');

/** A line has at most 75 octets. A longer one continues on the next line after a space. */
function folded(text: string): string {
  let [before, line] = ['', ''];
  for (const character of text) {
    if (octets(line + character) > MOST_OCTETS) [before, line] = [`${before}${line}\r\n`, ' '];
    line += character;
  }
  return before + line;
}

const octets = (text: string) => new TextEncoder().encode(text).length;
