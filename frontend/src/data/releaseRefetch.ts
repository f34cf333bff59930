import { useEffect } from 'react';

import { useProductsOnScreen } from '@/data/products';
import { isReleaseDue } from '@/data/productState';
import { refreshProducts } from '@/data/queryClient';
import { useServerTime } from '@/lib/ticker';

/** How long shared caches keep the products (`s-maxage`). */
const CACHE_LIFE_MS = 1_000;
const SHORTEST_INTERVAL_MS = 1_000;

/** Request the products when a unit of a sold-out product on the screen may have been released. */
export function useReleaseRefetch(): void {
  const products = useProductsOnScreen();
  const due = useServerTime((now) =>
    (products ?? [])
      .filter((product) => isReleaseDue(product, now))
      .map(({ id, nextReleaseAt }) => `${id} ${nextReleaseAt ?? ''}`)
      .join(),
  );
  useEffect(() => {
    if (due !== '' && !document.hidden) refetchSoon();
  }, [due]);
}

let scheduled = false;
let lastAt = -Infinity;

/** Spread the requests of all browsers over the life of the cached reply; at most one a second from this one. */
function refetchSoon(): void {
  if (scheduled) return;
  scheduled = true;
  const spreadMs = CACHE_LIFE_MS * Math.random();
  const delay = Math.max(spreadMs, lastAt + SHORTEST_INTERVAL_MS - performance.now());
  setTimeout(() => {
    scheduled = false;
    lastAt = performance.now();
    refreshProducts();
  }, delay);
}
