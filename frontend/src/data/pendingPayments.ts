import { createSavedStore } from '@/lib/savedStore';
import { randomKey } from '@/lib/randomKey';

const KEPT = 20;

/** A payment without a known result, or one that has to be refunded. */
export interface Payment {
  holdId: string;
  reference: string;
  toRefund: boolean;
}

/** Payments without a known result, newest first. They survive a reload, so that nothing is paid twice. */
export const pendingPayments = createSavedStore<Payment[]>('ember.payments', [], parse);

function parse(saved: unknown): Payment[] | null {
  if (!Array.isArray(saved)) return null;
  return saved.filter((each: Partial<Payment> | null) => each?.holdId && each.reference) as Payment[];
}

export const paymentOf = (all: Payment[], holdId: string) => all.find((each) => each.holdId === holdId);

/** The reference of a payment that was not answered, or a new reference. */
export function paymentReference(holdId: string, prefix: string): string {
  const known = paymentOf(pendingPayments.reload(), holdId);
  if (known) return known.reference;
  const reference = `${prefix}-${randomKey()}`;
  keep({ holdId, reference, toRefund: false });
  return reference;
}

/** Forget the payment, because its result is known. */
export function forgetPayment(holdId: string): void {
  pendingPayments.set(pendingPayments.reload().filter((each) => each.holdId !== holdId));
}

/** Remember that the payment has to be refunded. */
export function markForRefund(holdId: string, reference: string): void {
  keep({ holdId, reference, toRefund: true });
}

function keep(payment: Payment): void {
  const others = pendingPayments.reload().filter((each) => each.holdId !== payment.holdId);
  pendingPayments.set([payment, ...others].slice(0, KEPT));
}
