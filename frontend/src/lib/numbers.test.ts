import { expect, it } from 'vitest';

import { grouped, money } from '@/lib/numbers';
import { clockTime } from '@/lib/time';

it.each([
  [1199, 'USD', '$1,199'],
  [12.5, 'USD', '$12.50'],
  [0, 'USD', '$0'],
  [12.5, 'EUR', '€12.50'],
  [1200, 'JPY', '¥1,200'],
  [5, 'XYZ', 'XYZ\u00a05'],
  [1199.5, undefined, '1,199.5'],
])('writes %d in %s as %s', (amount, currency, text) => {
  expect(money(amount, currency)).toBe(text);
});

it('groups the digits of large numbers', () => {
  expect(grouped(1_234_567)).toBe('1,234,567');
});

it('writes times in the same locale', () => {
  expect(clockTime('2026-11-27T12:00:00.000Z')).toMatch(/^\d{1,2}:00:00 [AP]M$/);
});
