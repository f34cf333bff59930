import { expect, it } from 'vitest';

import { tell } from '@/features/history/told';

it.each([
  ['RESERVED', 'shopper', 'Reserved by you'],
  ['EXTENDED', 'shopper', 'Kept for longer by you'],
  ['COMPLETED', 'shopper', 'Bought by you'],
  ['CANCELLED', 'shopper', 'Given back by you'],
  ['LAPSED', 'clock', 'Expired by the clock'],
  ['EXPIRED', 'message', 'Put back on the shelf on time'],
  ['EXPIRED', 'sweep', 'Put back on the shelf by the sweep'],
  ['EXPIRED', 'reclaim', 'Taken back by the next shopper'],
] as const)('calls %s by %s “%s”', (event, by, told) => {
  expect(tell({ event, by })).toBe(told);
});
