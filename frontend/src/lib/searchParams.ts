import { useSyncExternalStore } from 'react';

/** The view and its filters are in the query string, so any static host can serve every address. */
const CHANGED = 'searchparamschanged';

function subscribe(listener: () => void): () => void {
  window.addEventListener('popstate', listener);
  window.addEventListener(CHANGED, listener);
  return () => {
    window.removeEventListener('popstate', listener);
    window.removeEventListener(CHANGED, listener);
  };
}

const currentSearch = () => window.location.search;

/** The query string of the address. */
export const useSearch = () => useSyncExternalStore(subscribe, currentSearch, currentSearch);

/** The text of a query parameter; empty if there is none. */
export const useSearchText = (name: string) => new URLSearchParams(useSearch()).get(name) ?? '';

export function useSearchParam<T extends string>(name: string, allowed: readonly [T, ...T[]]): T {
  const search = useSearch();
  const value = new URLSearchParams(search).get(name);
  return allowed.find((each) => each === value) ?? allowed[0];
}

/** The current address with some query parameters changed. An empty value removes a parameter. */
export function addressWith(changes: Record<string, string>): string {
  const params = new URLSearchParams(window.location.search);
  for (const [name, value] of Object.entries(changes)) {
    if (value) params.set(name, value);
    else params.delete(name);
  }
  const search = params.toString();
  return window.location.pathname + (search ? `?${search}` : '');
}

export function goTo(address: string, how: 'push' | 'replace' = 'push'): void {
  if (how === 'push') window.history.pushState(null, '', address);
  else window.history.replaceState(null, '', address);
  window.dispatchEvent(new Event(CHANGED));
}
