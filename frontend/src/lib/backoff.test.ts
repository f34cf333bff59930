import { expect, it } from 'vitest';

import { backoff } from '@/lib/backoff';

it('doubles from one second up to thirty', () => {
  const longest = [1, 2, 3, 4, 5, 6, 60].map((failures) => backoff(failures, () => 1));
  expect(longest).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

it('randomises the upper half, so that browsers do not return all at once', () => {
  expect(backoff(3, () => 0)).toBe(2000);
  expect(backoff(3, () => 0.5)).toBe(3000);
});
