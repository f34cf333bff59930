import { expect, it } from 'vitest';

import { calendarFile } from '@/lib/calendarFile';
import { NOON } from '@/testing/samples';

const EVENT = { id: 'p1', title: 'iPhone at Ember', startsAt: '2026-11-28T10:00:00.000Z' };
const fileOf = (changes: Partial<typeof EVENT> = {}) =>
  calendarFile({ ...EVENT, ...changes }, 'https://shop.example/', NOON);

it('has one event at the opening, with a reminder before it', () => {
  expect(fileOf().split('\r\n')).toEqual([
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Ember//Shop//EN',
    'BEGIN:VEVENT',
    'UID:p1@shop.example',
    'DTSTAMP:20261127T120000Z',
    'DTSTART:20261128T100000Z',
    'DTEND:20261128T101500Z',
    'SUMMARY:iPhone at Ember',
    'URL:https://shop.example/',
    'BEGIN:VALARM',
    'ACTION:DISPLAY',
    'DESCRIPTION:iPhone at Ember',
    'TRIGGER:-PT5M',
    'END:VALARM',
    'END:VEVENT',
    'END:VCALENDAR',
    '',
  ]);
});

it('escapes what has a meaning in a calendar file', () => {
  expect(fileOf({ title: 'a, b; c\\d\nEND:VEVENT' })).toContain('SUMMARY:a\\, b\\; c\\\\d\\nEND:VEVENT\r\n');
});

it('folds lines of more than 75 octets between characters', () => {
  const title = 'Größe 12½ '.repeat(20);
  const lines = fileOf({ title }).split('\r\n');
  expect(Math.max(...lines.map((line) => new TextEncoder().encode(line).length))).toBeLessThanOrEqual(75);
  expect(fileOf({ title }).replaceAll('\r\n ', '')).toContain(`SUMMARY:${title}\r\n`);
});
