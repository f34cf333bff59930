import { useEffect } from 'react';

import { shopperToken } from '@/api/identity';
import { useProducts } from '@/data/products';
import { whenIdle } from '@/lib/idle';

/**
 * Fetch the shopper's token once the products are there and the page rests, so that the first press on Reserve need
 * not wait for it. If none can be had yet, the press tries again.
 */
export function useEarlyToken(): void {
  const ready = useProducts().products !== undefined;
  useEffect(() => {
    if (ready) void whenIdle().then(() => shopperToken().catch(() => undefined));
  }, [ready]);
}
