import { useEffect, useState } from 'react';

/**
 * Whether this tab is the one of its browser that is elected for a task. The first tab to ask is elected; when it closes,
 * another one follows. Browsers have Web Locks on secure pages only; without them every tab is elected.
 */
export function useElection(task: string): boolean {
  const [elected, setElected] = useState(!hasLocks());
  useEffect(() => {
    if (!hasLocks()) return;
    const closed = new AbortController();
    const untilClosed = () =>
      new Promise<void>((resolve) => {
        setElected(true);
        closed.signal.addEventListener('abort', () => {
          resolve();
        });
      });
    navigator.locks.request(task, { signal: closed.signal }, untilClosed).catch(() => undefined);
    return () => {
      closed.abort();
    };
  }, [task]);
  return elected;
}

/** The build renders the page without a browser. */
const hasLocks = () => (globalThis.navigator as Partial<Navigator> | undefined)?.locks !== undefined;
