import { createStore } from '@/lib/store';

/** What a screen reader is told next, politely. The count makes the same sentence news again. */
export const announcement = createStore({ text: '', count: 0 });

export function announce(text: string): void {
  announcement.set({ text, count: announcement.get().count + 1 });
}
