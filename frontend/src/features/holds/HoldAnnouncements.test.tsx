import { act, render } from '@testing-library/react';
import { expect, it, vi } from 'vitest';

import { paymentReference } from '@/data/pendingPayments';
import { mergeReservations } from '@/data/reservations';
import { HoldAnnouncements } from '@/features/holds/HoldAnnouncements';
import { announcement } from '@/lib/announcements';
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
  mergeReservations([hold]);
  render(<HoldAnnouncements />);
}

it('announces 30 seconds left and the lapse, once each', () => {
  start();
  pass(89);
  expect(announcement.get().count).toBe(0);
  pass(1.1);
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

it('announces that the hold can be extended, and the time left after an extension', () => {
  start(reservation({ extensionsLeft: 1 }));
  pass(91);
  expect(announcement.get().text).toContain('You can extend the hold.');
  act(() => {
    mergeReservations([reservation({ expiresAt: '2026-11-27T12:04:00.000Z' })]);
  });
  expect(announcement.get()).toMatchObject({
    count: 2,
    text: 'You have more time for iPhone 15 Pro Max: 2 minutes 29 seconds.',
  });
});

it('announces an extension that leaves the hold in its warning', () => {
  start(reservation({ expiresAt: '2026-11-27T12:00:10.000Z' }));
  act(() => {
    mergeReservations([reservation({ expiresAt: '2026-11-27T12:00:20.000Z' })]);
  });
  expect(announcement.get()).toMatchObject({
    count: 1,
    text: 'You have more time for iPhone 15 Pro Max: 20 seconds.',
  });
});

it('does not say that nothing was charged while a payment is unanswered', () => {
  start();
  paymentReference('660e8400-e29b-41d4-a716-446655440001', 'card');
  pass(121);
  expect(announcement.get().text).toBe(
    'Your hold on iPhone 15 Pro Max has expired before the shop answered your payment.',
  );
});
