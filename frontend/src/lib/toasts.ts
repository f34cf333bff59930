import { createStore } from '@/lib/store';

export interface ToastNews {
  id: number;
  title: string;
  text: string;
}

const MOST = 3;
let count = 0;

/** The toasts now shown, oldest first. */
export const toasts = createStore<ToastNews[]>([]);

export function showToast(title: string, text: string): void {
  count += 1;
  toasts.set([...toasts.get(), { id: count, title, text }].slice(-MOST));
}

export function dismissToast(id: number): void {
  toasts.set(toasts.get().filter((each) => each.id !== id));
}
