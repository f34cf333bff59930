import { expect, it } from 'vitest';

import { CHART_MS, rates, remember, withSample } from '@/desk/rates';
import { saleProduct } from '@/testing/deskSamples';
import { NOON } from '@/testing/samples';

const sample = (at: number, reserved = 1) => ({ at, reserved, completed: 0, refused: 0 });

it('keeps what the chart shows', () => {
  const known = [sample(NOON - CHART_MS), sample(NOON - CHART_MS + 1)];
  expect(withSample(known, sample(NOON)).map(({ at }) => at)).toEqual([NOON - CHART_MS + 1, NOON]);
});

it.each([NOON, NOON - 1])('ignores a reply that was overtaken', (at) => {
  expect(withSample([sample(NOON)], sample(at, 9))).toEqual([sample(NOON)]);
});

it('remembers each product and forgets those that are gone', () => {
  const at = (minute: string) => `2026-11-27T12:0${minute}:00.000Z`;
  const busy = { ...saleProduct().lastMinute, reserved: 7, completed: 3 };
  const of = (minute: string, ...ids: string[]) => ({
    at: at(minute),
    windowSeconds: 60,
    databaseConnections: { open: 1, allowed: 100 },
    products: ids.map((id) =>
      saleProduct({ id, lastMinute: busy, refused: { 'sale-paused': 2, 'insufficient-stock': 3 } }),
    ),
  });
  remember(of('0', 'a', 'b'));
  remember(of('1', 'b'));
  expect(rates.get()).toEqual({
    b: [
      { at: Date.parse(at('0')), reserved: 7, completed: 3, refused: 5 },
      { at: Date.parse(at('1')), reserved: 7, completed: 3, refused: 5 },
    ],
  });
});
