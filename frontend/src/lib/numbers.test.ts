import { expect, it } from 'vitest';

import { grouped, money } from '@/lib/numbers';
import { clockTime } from '@/lib/time';

it.each([
  [1199, '$1,199'],
  [12.5, '$12.50'],
  [0, '$0'],
])('writes %d dollars as %s', (amount, text) => {
  expect(money(amount)).toBe(text);
});

it('groups the digits of large numbers', () => {
  expect(grouped(1_234_567)).toBe('1,234,567');
});

it('writes times in the same locale', () => {
  expect(clockTime('2026-11-27T12:00:00.000Z')).toMatch(/^\d{1,2}:00:00 [AP]M$/);
});
