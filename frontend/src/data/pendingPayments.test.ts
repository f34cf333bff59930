import { expect, it } from 'vitest';

import {
  paymentReference,
  markForRefund,
  paymentOf,
  pendingPayments,
  forgetPayment,
} from '@/data/pendingPayments';

it('keeps the reference of an unanswered payment, even after a reload', () => {
  const reference = paymentReference('hold', 'card');
  expect(reference).toMatch(/^card-[0-9a-f]{32}$/);
  expect(paymentReference('hold', 'card')).toBe(reference);
  expect(localStorage.getItem('ember.payments')).toContain(reference);
});

it('creates a new reference once the last payment was answered', () => {
  const first = paymentReference('hold', 'card');
  forgetPayment('hold');
  expect(pendingPayments.get()).toEqual([]);
  expect(paymentReference('hold', 'card')).not.toBe(first);
});

it('creates a different reference for each hold', () => {
  expect(paymentReference('one', 'card')).not.toBe(paymentReference('other', 'card'));
});

it('remembers payments that must be refunded', () => {
  markForRefund('hold', 'card-1');
  expect(paymentOf(pendingPayments.get(), 'hold')).toEqual({
    holdId: 'hold',
    reference: 'card-1',
    toRefund: true,
  });
});
