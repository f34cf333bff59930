import { act, render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { remember } from '@/data/remembered';
import { HoldNews } from '@/features/holds/HoldNews';
import { announcement } from '@/lib/announcer';
import { observeReply } from '@/lib/serverClock';
import { NOON, reservation } from '@/testing/samples';

function pass(seconds: number): void {
  act(() => {
    vi.advanceTimersByTime(seconds * 1000);
  });
}

it('tells of 30 seconds left and of the lapse, once each, and nothing else', () => {
  vi.useFakeTimers({ now: NOON });
  observeReply({ serverTime: NOON, ageSeconds: 0, sentAt: NOON, receivedAt: NOON });
  remember([reservation()]);
  render(<HoldNews />);
  pass(89);
  expect(announcement.get().count).toBe(0);
  pass(2);
  expect(announcement.get()).toMatchObject({
    count: 1,
    text: '30 seconds left to pay for iPhone 15 Pro Max.',
  });
  pass(25);
  expect(announcement.get().count).toBe(1);
  pass(6);
  expect(announcement.get()).toMatchObject({ count: 2 });
  expect(announcement.get().text).toContain('has expired');
});
