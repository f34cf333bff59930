import { createStore, type Store } from '@/lib/store';

export interface SavedStore<T> extends Store<T> {
  /** Read again what is kept: another tab may have saved a moment ago, and the news of it is still on its way. */
  reload: () => T;
}

/** A store kept in localStorage under `key` and shared by all tabs. `parse` returns null for what it cannot read. */
export function createSavedStore<T>(
  key: string,
  initial: T,
  parse: (saved: unknown) => T | null,
): SavedStore<T> {
  const store = createStore(initial);
  let text: string | null = null;
  const reload = () => {
    const saved = read(key);
    if (saved !== undefined && saved !== text) {
      text = saved;
      store.set(parsed(saved, parse) ?? initial);
    }
    return store.get();
  };
  reload();
  window.addEventListener('storage', (event) => {
    // key is null when all of the storage was cleared
    if (event.key === key || event.key === null) reload();
  });
  return {
    ...store,
    reload,
    set: (next) => {
      text = write(key, next) ?? text;
      store.set(next);
    },
  };
}

/** The text kept; undefined where storage is forbidden. */
function read(key: string): string | null | undefined {
  try {
    return localStorage.getItem(key);
  } catch {
    return undefined;
  }
}

function parsed<T>(text: string | null, parse: (saved: unknown) => T | null): T | null {
  try {
    return parse(JSON.parse(text ?? 'null'));
  } catch {
    return null; // text that is not ours
  }
}

/** The text written; undefined where storage is full or forbidden: the page still works, it only forgets when closed. */
function write(key: string, value: unknown): string | undefined {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    return text;
  } catch {
    return undefined;
  }
}
