import { expect, it } from 'vitest';

import { dismissToast, showToast, toast } from '@/lib/toasts';

it('shows one toast at a time', () => {
  showToast('first', '');
  const first = toast.get();
  showToast('second', '');
  expect(toast.get()?.title).toBe('second');
  dismissToast(first?.id ?? 0);
  expect(toast.get()?.title).toBe('second');
  dismissToast(toast.get()?.id ?? 0);
  expect(toast.get()).toBeNull();
});
