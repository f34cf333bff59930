import { useEffect, useRef } from 'react';

import { whenIdle } from '@/lib/whenIdle';

/** A list whose items move smoothly to new positions. The animation library is loaded when the page is idle. */
export function useAnimatedList<T extends HTMLElement>() {
  const list = useRef<T>(null);
  useEffect(() => {
    const gone = new AbortController();
    const start = () => list.current && glide(list.current, gone.signal);
    // without the library, items jump
    void whenIdle()
      .then(start)
      .catch(() => undefined);
    return () => {
      gone.abort();
    };
  }, []);
  return list;
}

async function glide(list: HTMLElement, gone: AbortSignal): Promise<void> {
  const { default: autoAnimate } = await import('@formkit/auto-animate');
  if (gone.aborted) return;
  const { destroy } = autoAnimate(list);
  gone.addEventListener('abort', () => destroy?.());
}
