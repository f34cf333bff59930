import { createStore, type Store } from '@/lib/store';

/** A store kept in localStorage under `key` and shared by all tabs. `parse` returns null for what it cannot read. */
export function createSavedStore<T>(key: string, initial: T, parse: (saved: unknown) => T | null): Store<T> {
  const store = createStore(read(key, parse) ?? initial);
  window.addEventListener('storage', (event) => {
    // key is null when all of the storage was cleared
    if (event.key === key || event.key === null) store.set(read(key, parse) ?? initial);
  });
  return {
    ...store,
    set: (next) => {
      write(key, next);
      store.set(next);
    },
  };
}

function read<T>(key: string, parse: (saved: unknown) => T | null): T | null {
  try {
    return parse(JSON.parse(localStorage.getItem(key) ?? 'null'));
  } catch {
    return null; // storage forbidden, or text that is not ours
  }
}

function write(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // storage full or forbidden: the page still works, it only forgets when closed
  }
}
