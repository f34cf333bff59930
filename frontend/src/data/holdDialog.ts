import type { Reservation } from '@/api/types';
import { createStore } from '@/lib/store';
import { toast } from '@/lib/toasts';

export interface OpenDialog {
  hold: Reservation;
  action: 'pay' | 'cancel';
  /** The query string of the view in which it was opened. The dialog closes with the view. */
  search: string;
}

/** The dialog that is open. Product cards, hold cards and the bottom bar open it; one place renders it. */
export const holdDialog = createStore<OpenDialog | null>(null);

export function openPayment(hold: Reservation): void {
  open(hold, 'pay');
}

export function openCancellation(hold: Reservation): void {
  open(hold, 'cancel');
}

/** The toast goes: it may offer what the dialog is about to do. */
function open(hold: Reservation, action: OpenDialog['action']): void {
  toast.set(null);
  holdDialog.set({ hold, action, search: window.location.search });
}
