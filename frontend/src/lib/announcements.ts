import { createStore } from '@/lib/store';

/** The last message to screen readers. The count makes a repeated text a new message. */
export const announcement = createStore({ text: '', count: 0 });

export function announce(text: string): void {
  announcement.set({ text, count: announcement.get().count + 1 });
}
