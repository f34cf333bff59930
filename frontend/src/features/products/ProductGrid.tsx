import { useAnimatedList } from '@/lib/animatedList';

import type { Product } from '@/api/types';
import { usePendingReserves } from '@/data/actions';
import { useHolds, useLapsed } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { shopperUnits } from '@/data/shopperUnits';
import { isWaiting, waiters } from '@/data/waiters';
import { ProductCard } from '@/features/products/ProductCard';
import { useStore } from '@/lib/store';

export const GRID = 'grid gap-5 sm:grid-cols-2 xl:grid-cols-3';

export function ProductGrid({ products }: { products: Product[] }) {
  const list = useAnimatedList<HTMLUListElement>();
  const own = {
    requests: usePendingReserves(),
    holds: useHolds(),
    lapsed: useLapsed(),
    reservations: useStore(reservations),
    waiters: useStore(waiters),
  };
  return (
    <ul ref={list} className={GRID}>
      {products.map((product) => (
        <ProductCard
          key={product.id}
          product={product}
          own={shopperUnits(product.id, own)}
          holds={own.holds.length + own.waiters.filter(isWaiting).length}
        />
      ))}
    </ul>
  );
}
