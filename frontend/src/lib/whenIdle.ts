/** Resolves when the page is idle. Safari has no idle callbacks; it takes the next task instead. */
export const whenIdle = () =>
  new Promise<unknown>((run) =>
    'requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run),
  );
