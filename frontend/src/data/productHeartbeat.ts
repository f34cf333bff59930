import { useEffect } from 'react';

import type { Product } from '@/api/types';
import { connection } from '@/data/connection';
import { useProductsAnsweredAt, useProductsOnScreen } from '@/data/products';
import { isOnOffer } from '@/data/productState';
import { refreshProducts } from '@/data/queryClient';
import { spread } from '@/lib/jitter';
import { useServerTime } from '@/lib/ticker';

const ON_OFFER_MS = 1_000;
const SOLD_OUT_MS = 5_000;
const HIDDEN_MS = 15_000;

/** Request the products again and again. This is the only regular request of a tab without a hold. */
export function useProductHeartbeat(): void {
  const products = useProductsOnScreen();
  const interval = useServerTime((now) => heartbeatMs(products, now));
  const answeredAt = useProductsAnsweredAt();
  useEffect(() => {
    const timer = setTimeout(refreshProducts, delayMs(interval));
    return () => {
      clearTimeout(timer);
    };
  }, [interval, answeredAt]);
}

/** The mean interval between two requests, for the products on the screen. */
export function heartbeatMs(products: Product[] | undefined, now: number): number {
  if (document.hidden) return HIDDEN_MS;
  const onOffer = products?.some((product) => isOnOffer(product, now)) ?? true;
  return onOffer ? ON_OFFER_MS : SOLD_OUT_MS;
}

/** The time until the next request: longer if the API is slow, with backoff if it is down. */
export function delayMs(interval: number): number {
  const { failures, waitMs, tookMs } = connection.get();
  return failures > 0 ? waitMs : Math.max(spread(interval, 0.2, 0.2), 2 * tookMs);
}
