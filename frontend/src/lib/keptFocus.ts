import { useLayoutEffect, useRef } from 'react';

import { focusOn } from '@/lib/focus';

/** An element that may go while it has the focus. The focus then moves to the element with the id `next`. */
export function useKeptFocus<T extends HTMLElement>(next: string) {
  const kept = useRef<T>(null);
  useLayoutEffect(() => {
    const element = kept.current;
    return () => {
      if (element?.contains(document.activeElement)) focusOn(next);
    };
  }, [next]);
  return kept;
}
