import { settle } from '@/data/payments';
import { createStore } from '@/lib/store';

/** Lapsed holds that the shopper has read about. */
export const dismissed = createStore<ReadonlySet<string>>(new Set());

export function dismiss(id: string): void {
  settle(id);
  dismissed.set(new Set(dismissed.get()).add(id));
}
