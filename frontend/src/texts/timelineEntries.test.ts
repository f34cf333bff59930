import { expect, it } from 'vitest';

import { timelineText } from '@/texts/timelineEntries';

it.each([
  ['RESERVED', 'shopper', 'Reserved by you'],
  ['RESERVED', 'waiting-list', 'Reserved for you by the waiting list'],
  ['EXTENDED', 'shopper', 'Extended by you'],
  ['COMPLETED', 'shopper', 'Bought by you'],
  ['CANCELLED', 'shopper', 'Cancelled by you'],
  ['CANCELLED', 'admin', 'Cancelled by the shop'],
  ['LAPSED', 'clock', 'Expired at the end of its time'],
  ['EXPIRED', 'message', 'Returned to stock by its expiry message'],
  ['EXPIRED', 'sweep', 'Returned to stock by the sweep'],
  ['EXPIRED', 'reclaim', 'Returned to stock by the next reserve request'],
] as const)('words %s by %s as “%s”', (event, by, words) => {
  expect(timelineText({ event, by })).toBe(words);
});
