import type { Reservation } from '@/api/types';
import { createStore } from '@/lib/store';

export interface OpenDialog {
  hold: Reservation;
  action: 'pay' | 'cancel';
  /** The query string of the view in which it was opened. The dialog closes with the view. */
  search: string;
}

/** The dialog that is open. Product cards, hold cards and the bottom bar open it; one place renders it. */
export const holdDialog = createStore<OpenDialog | null>(null);

export function openPayment(hold: Reservation): void {
  holdDialog.set({ hold, action: 'pay', search: window.location.search });
}

export function openCancellation(hold: Reservation): void {
  holdDialog.set({ hold, action: 'cancel', search: window.location.search });
}
