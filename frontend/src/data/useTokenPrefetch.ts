import { useEffect } from 'react';

import { shopperToken } from '@/api/identity';
import { useProducts } from '@/data/products';
import { whenIdle } from '@/lib/whenIdle';

/**
 * Fetch the shopper's token when the page is idle, so that the first press on Reserve need not wait for it. After a
 * failure, the press tries again.
 */
export function useTokenPrefetch(): void {
  const ready = useProducts().products !== undefined;
  useEffect(() => {
    if (ready) void whenIdle().then(() => shopperToken().catch(() => undefined));
  }, [ready]);
}
