import { createStore } from '@/lib/store';

export interface ToastAction {
  label: string;
  run: () => void;
}

export interface ToastNews {
  id: number;
  title: string;
  text: string;
  action: ToastAction | undefined;
}

/** The toast now shown. A new one replaces it, so that toasts do not cover the page. */
export const toast = createStore<ToastNews | null>(null);

let count = 0;

export function showToast(title: string, text: string, action?: ToastAction): void {
  count += 1;
  toast.set({ id: count, title, text, action });
}

export function dismissToast(id: number): void {
  if (toast.get()?.id === id) toast.set(null);
}
