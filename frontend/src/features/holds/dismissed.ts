import { createStore } from '@/lib/store';

/** Lapsed holds that the shopper has read about. */
export const dismissed = createStore<ReadonlySet<string>>(new Set());

export function dismiss(id: string): void {
  dismissed.set(new Set(dismissed.get()).add(id));
}
