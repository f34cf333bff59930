import { createSavedStore } from '@/lib/savedStore';
import { newKey } from '@/lib/key';

const KEPT = 20;

/** What the shopper tried to pay for a hold with, until that is answered; for good where the money has to go back. */
export interface Payment {
  holdId: string;
  reference: string;
  toRefund: boolean;
}

/** The payments that are not settled, newest first. Kept, so that a reload does not pay a second time. */
export const payments = createSavedStore<Payment[]>('ember.payments', [], parse);

function parse(saved: unknown): Payment[] | null {
  if (!Array.isArray(saved)) return null;
  return saved.filter((each: Partial<Payment> | null) => each?.holdId && each.reference) as Payment[];
}

export const paymentOf = (all: Payment[], holdId: string) => all.find((each) => each.holdId === holdId);

/** The reference of the attempt that has had no answer yet, or that of a new one. */
export function attempt(holdId: string, prefix: string): string {
  const known = paymentOf(payments.reload(), holdId);
  if (known) return known.reference;
  const reference = `${prefix}-${newKey()}`;
  keep({ holdId, reference, toRefund: false });
  return reference;
}

/** The attempt has been answered: the next one is a new one. */
export function settle(holdId: string): void {
  payments.set(payments.reload().filter((each) => each.holdId !== holdId));
}

/** It was paid in vain. */
export function awaitRefund(holdId: string, reference: string): void {
  keep({ holdId, reference, toRefund: true });
}

function keep(payment: Payment): void {
  const others = payments.reload().filter((each) => each.holdId !== payment.holdId);
  payments.set([payment, ...others].slice(0, KEPT));
}
