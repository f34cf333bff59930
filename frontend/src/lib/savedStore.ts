import { createStore, type Store } from '@/lib/store';

export interface SavedStore<T> extends Store<T> {
  /** Read the saved value. Another tab may have changed it before its storage event arrives here. */
  reload: () => T;
}

/** A store saved in localStorage under `key` and shared by all tabs. `parse` returns null for an invalid value. */
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
    // key is null if the whole storage was cleared
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

/** The saved text, or undefined if the browser forbids storage. */
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

/** The written text, or undefined if storage is full or forbidden. The value is then lost when the page closes. */
function write(key: string, value: unknown): string | undefined {
  const text = JSON.stringify(value);
  try {
    localStorage.setItem(key, text);
    return text;
  } catch {
    return undefined;
  }
}
