import { describe, expect, it, vi } from 'vitest';

import { boundsOf, narrow, observeReply, serverNow } from '@/lib/serverClock';
import { NOON } from '@/testing/samples';

const HOUR = 3_600_000;
const middle = ({ earliest, latest }: { earliest: number; latest: number }) => (earliest + latest) / 2;

describe('the bounds one reply gives', () => {
  it('have the offset of the round trip in their middle', () => {
    const seen = boundsOf({ serverTime: NOON, ageSeconds: 0, sentAt: NOON - 100, receivedAt: NOON + 100 });
    expect(middle(seen)).toBeCloseTo(0, -1);
    expect(seen.latest - seen.earliest).toBe(201);
  });

  it('find a browser clock that is an hour ahead', () => {
    const seen = boundsOf({
      serverTime: NOON,
      ageSeconds: 0,
      sentAt: NOON + HOUR - 10,
      receivedAt: NOON + HOUR + 10,
    });
    expect(Math.abs(middle(seen) + HOUR)).toBeLessThan(2);
  });

  it('add the age of a cached reply, which counts whole seconds', () => {
    const seen = boundsOf({ serverTime: NOON - 5000, ageSeconds: 5, sentAt: NOON, receivedAt: NOON });
    expect(seen).toEqual({ earliest: 0, latest: 1000 });
  });
});

describe('narrowing', () => {
  it('takes the first reply as it is', () => {
    expect(narrow(null, { earliest: -5, latest: 5 })).toEqual({ earliest: -5, latest: 5 });
  });

  it('keeps what both replies allow, so a slow reply does no harm', () => {
    expect(narrow({ earliest: -5, latest: 5 }, { earliest: -900, latest: 2 })).toEqual({
      earliest: -5,
      latest: 2,
    });
  });

  it('uses the newer reply if a clock was changed', () => {
    const corrected = { earliest: HOUR - 5, latest: HOUR + 5 };
    expect(narrow({ earliest: -5, latest: 5 }, corrected)).toEqual(corrected);
  });
});

describe('the server clock', () => {
  it('follows the server and is saved for the next page load', () => {
    vi.useFakeTimers({ now: NOON + HOUR });
    observeReply({ serverTime: NOON, ageSeconds: 0, sentAt: Date.now(), receivedAt: Date.now() });
    expect(Math.abs(serverNow() - NOON)).toBeLessThan(2);
    vi.setSystemTime(NOON + HOUR + 45_000); // a laptop that slept: no timer ran meanwhile
    expect(Math.abs(serverNow() - NOON - 45_000)).toBeLessThan(2);
    expect(localStorage.getItem('ember.clock')).toContain('earliest');
  });
});
