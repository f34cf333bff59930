import { createStore } from '@/lib/store';

const KEY = 'ember.desk.token';

/** Who operates the desk. */
export interface Session {
  token: string | null;
  /** The API did not accept the last token. */
  rejected: boolean;
}

/** The token is kept in sessionStorage only: other tabs do not see it, and it ends with its tab. */
export const session = createStore<Session>({ token: saved(), rejected: false });

export function signIn(token: string): void {
  save(token);
  session.set({ token, rejected: false });
}

export function signOut(): void {
  save(null);
  session.set({ token: null, rejected: false });
}

/** End the session of a token that the API rejected. A newer token stays. */
export function reject(token: string): void {
  if (session.get().token !== token) return;
  save(null);
  session.set({ token: null, rejected: true });
}

/** Browsers can forbid storage. The token is then kept until the page is reloaded. */
function saved(): string | null {
  try {
    return sessionStorage.getItem(KEY);
  } catch {
    return null;
  }
}

function save(token: string | null): void {
  try {
    if (token === null) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, token);
  } catch {
    // the store has it
  }
}
