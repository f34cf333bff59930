import type { Reservation } from '@/api/types';
import { createStore } from '@/lib/store';

export interface OpenDialog {
  hold: Reservation;
  action: 'pay' | 'cancel';
}

/** The dialog that is open. Product cards, hold cards and the bottom bar open it; one place renders it. */
export const holdDialog = createStore<OpenDialog | null>(null);

export function openPayment(hold: Reservation): void {
  holdDialog.set({ hold, action: 'pay' });
}

export function openCancellation(hold: Reservation): void {
  holdDialog.set({ hold, action: 'cancel' });
}
