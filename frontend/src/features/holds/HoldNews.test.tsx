import { act, render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { attempt } from '@/data/payments';
import { learn } from '@/data/reservations';
import { HoldNews } from '@/features/holds/HoldNews';
import { announcement } from '@/lib/announcer';
import { observeReply } from '@/lib/serverClock';
import { NOON, reservation } from '@/testing/samples';

function pass(seconds: number): void {
  act(() => {
    vi.advanceTimersByTime(seconds * 1000);
  });
}

function start(hold = reservation()): void {
  vi.useFakeTimers({ now: NOON });
  observeReply({ serverTime: NOON, ageSeconds: 0, sentAt: NOON, receivedAt: NOON });
  learn([hold]);
  render(<HoldNews />);
}

it('tells of 30 seconds left and of the lapse, once each, and nothing else', () => {
  start();
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

it('tells that it can be kept longer, and how long once it is', () => {
  start(reservation({ extensionsLeft: 1 }));
  pass(91);
  expect(announcement.get().text).toContain('You can keep it longer.');
  act(() => {
    learn([reservation({ expiresAt: '2026-11-27T12:04:00.000Z' })]);
  });
  expect(announcement.get()).toMatchObject({
    count: 2,
    text: 'You have more time for iPhone 15 Pro Max: 2 minutes 29 seconds.',
  });
});

it('tells of more time also where it does not end the alarm', () => {
  start(reservation({ expiresAt: '2026-11-27T12:00:10.000Z' }));
  act(() => {
    learn([reservation({ expiresAt: '2026-11-27T12:00:20.000Z' })]);
  });
  expect(announcement.get()).toMatchObject({
    count: 1,
    text: 'You have more time for iPhone 15 Pro Max: 20 seconds.',
  });
});

it('does not say that nothing was charged while a payment is on its way', () => {
  start();
  attempt('660e8400-e29b-41d4-a716-446655440001', 'card');
  pass(121);
  expect(announcement.get().text).toBe(
    'Your hold on iPhone 15 Pro Max has expired while your payment was on its way.',
  );
});
