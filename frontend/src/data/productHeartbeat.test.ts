import { beforeEach, expect, it, vi } from 'vitest';

import { CONNECTED, connection } from '@/data/connection';
import { delayMs, heartbeatMs } from '@/data/productHeartbeat';
import { NOON, product } from '@/testing/samples';

const at = (seconds: number) => new Date(NOON + 1000 * seconds).toISOString();

beforeEach(() => {
  connection.set(CONNECTED);
});

it.each([
  ['in stock', product(), 1000],
  ['sold out', product({ availableStock: 0 }), 5000],
  ['sold out, with a release ahead', product({ availableStock: 0, nextReleaseAt: at(1) }), 5000],
  ['sold out, with a release due', product({ availableStock: 0, nextReleaseAt: at(0) }), 1000],
  ['opening within a minute', product({ saleStartsAt: at(60) }), 1000],
  ['opening later', product({ saleStartsAt: at(61) }), 5000],
  ['paused', product({ paused: true }), 5000],
  ['no longer on sale', product({ saleEndsAt: at(0) }), 5000],
])('depends on the products on the screen: %s', (_state, shown, interval) => {
  expect(heartbeatMs([product({ availableStock: 0 }), shown], NOON)).toBe(interval);
});

it('is slow while the view shows no products', () => {
  expect(heartbeatMs([], NOON)).toBe(5000);
});

it('is slowest while the tab is hidden', () => {
  vi.spyOn(document, 'hidden', 'get').mockReturnValueOnce(true);
  expect(heartbeatMs([product()], NOON)).toBe(15_000);
});

it('varies by 20 % at most', () => {
  const delays = Array.from({ length: 200 }, () => delayMs(1000));
  expect(Math.min(...delays)).toBeGreaterThanOrEqual(800);
  expect(Math.max(...delays)).toBeLessThanOrEqual(1200);
  expect(new Set(delays).size).toBeGreaterThan(100);
});

it('polls a slow API less often', () => {
  connection.set({ ...CONNECTED, tookMs: 900 });
  expect(delayMs(1000)).toBe(1800);
});

it('backs off while the API is down', () => {
  connection.set({ ...CONNECTED, failures: 3, waitMs: 3210 });
  expect(delayMs(1000)).toBe(3210);
});
