import { forgetPayment } from '@/data/pendingPayments';
import { createStore } from '@/lib/store';

/** Lapsed holds whose card the shopper has closed. */
export const dismissedHolds = createStore<ReadonlySet<string>>(new Set());

export function dismiss(id: string): void {
  forgetPayment(id);
  dismissedHolds.set(new Set(dismissedHolds.get()).add(id));
}
