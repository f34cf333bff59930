import { expect, it } from 'vitest';

import { attempt, awaitRefund, paymentOf, payments, settle } from '@/data/payments';

it('repeats an unanswered attempt with its reference, also after a reload', () => {
  const reference = attempt('hold', 'card');
  expect(reference).toMatch(/^card-[0-9a-f]{32}$/);
  expect(attempt('hold', 'card')).toBe(reference);
  expect(localStorage.getItem('ember.payments')).toContain(reference);
});

it('gives each attempt a reference of its own once the last was answered', () => {
  const first = attempt('hold', 'card');
  settle('hold');
  expect(payments.get()).toEqual([]);
  expect(attempt('hold', 'card')).not.toBe(first);
});

it('gives each hold a reference of its own', () => {
  expect(attempt('one', 'card')).not.toBe(attempt('other', 'card'));
});

it('remembers which money has to go back', () => {
  awaitRefund('hold', 'card-1');
  expect(paymentOf(payments.get(), 'hold')).toEqual({ holdId: 'hold', reference: 'card-1', toRefund: true });
});
