import { useGliding } from '@/lib/motion';

import type { Product } from '@/api/types';
import { usePressed } from '@/data/actions';
import { useHolds } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { ownOf } from '@/features/products/own';
import { ProductCard } from '@/features/products/ProductCard';
import { useStore } from '@/lib/store';

export const GRID = 'grid gap-5 sm:grid-cols-2 xl:grid-cols-3';

export function ProductGrid({ products }: { products: Product[] }) {
  const list = useGliding<HTMLUListElement>();
  const own = { pressed: usePressed(), holds: useHolds(), reservations: useStore(reservations) };
  return (
    <ul ref={list} className={GRID}>
      {products.map((product) => (
        <ProductCard
          key={product.id}
          product={product}
          own={ownOf(product.id, own)}
          holds={own.holds.length}
        />
      ))}
    </ul>
  );
}
