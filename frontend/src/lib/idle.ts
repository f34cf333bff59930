/** Resolves when the page rests. Safari has no idle callbacks: there the next task has to do. */
export const whenIdle = () =>
  new Promise<unknown>((run) =>
    'requestIdleCallback' in window ? requestIdleCallback(run) : setTimeout(run),
  );
