import { createStore } from '@/lib/store';

export interface ToastNews {
  id: number;
  title: string;
  text: string;
}

/** The toast now shown. A new one replaces it, so that toasts do not cover the page. */
export const toast = createStore<ToastNews | null>(null);

let count = 0;

export function showToast(title: string, text: string): void {
  count += 1;
  toast.set({ id: count, title, text });
}

export function dismissToast(id: number): void {
  if (toast.get()?.id === id) toast.set(null);
}
