import { expect, it } from 'vitest';

import { secondsUntil } from '@/lib/ticker';
import { countdown, recentTime, spokenDuration } from '@/lib/time';

it.each([
  [0, '0:00'],
  [38, '0:38'],
  [120, '2:00'],
  [725, '12:05'],
  [3723, '1:02:03'],
  [183_600, '2 d 3 h'],
])('shows %i seconds as %s', (seconds, shown) => {
  expect(countdown(seconds)).toBe(shown);
});

it.each([
  [0, 'no time'],
  [1, '1 second'],
  [90, '1 minute 30 seconds'],
  [120, '2 minutes'],
  [3660, '1 hour 1 minute'],
])('says %i seconds as %s', (seconds, said) => {
  expect(spokenDuration(seconds)).toBe(said);
});

it.each([
  [1, 1],
  [1000, 1],
  [1001, 2],
  [0, 0],
  [-5000, 0],
])('counts %i ms as %i whole seconds, zero only once it has passed', (milliseconds, seconds) => {
  expect(secondsUntil(milliseconds, 0)).toBe(seconds);
});

it('shows the date of a time that was not today', () => {
  const now = new Date(2026, 10, 27, 12, 0).getTime();
  const today = recentTime(new Date(2026, 10, 27, 10, 42).getTime(), now);
  expect(today).toContain('10:42');
  expect(today).not.toContain('27');
  expect(recentTime(new Date(2026, 10, 26, 10, 42).getTime(), now)).toContain('26');
});
