import { expect, it, vi } from 'vitest';

import { createSavedStore } from '@/lib/savedStore';

const number = (saved: unknown) => (typeof saved === 'number' ? saved : null);

it('keeps its value for the next page load', () => {
  createSavedStore('n', 0, number).set(7);
  expect(createSavedStore('n', 0, number).get()).toBe(7);
});

it('uses the initial value if the saved one is invalid', () => {
  localStorage.setItem('n', '{broken');
  expect(createSavedStore('n', 1, number).get()).toBe(1);
  localStorage.setItem('n', '"text"');
  expect(createSavedStore('n', 1, number).get()).toBe(1);
});

it('follows changes by another tab and a cleared storage', () => {
  const store = createSavedStore('n', 0, number);
  localStorage.setItem('n', '9');
  window.dispatchEvent(new StorageEvent('storage', { key: 'n' }));
  expect(store.get()).toBe(9);
  localStorage.clear();
  window.dispatchEvent(new StorageEvent('storage', { key: null }));
  expect(store.get()).toBe(0);
});

it('reads what another tab saved before its storage event arrives', () => {
  const store = createSavedStore('n', 0, number);
  localStorage.setItem('n', '9');
  expect(store.get()).toBe(0);
  expect(store.reload()).toBe(9);
});

it('works without storage', () => {
  const forbid = vi.spyOn(Storage.prototype, 'setItem').mockImplementation(() => {
    throw new DOMException('forbidden', 'SecurityError');
  });
  const store = createSavedStore('n', 0, number);
  store.set(3);
  expect(store.get()).toBe(3);
  expect(store.reload()).toBe(3);
  forbid.mockRestore();
});
