import { useAnimatedList } from '@/lib/animatedList';

import type { Product } from '@/api/types';
import { ProductCard } from '@/features/products/ProductCard';
import { useOwnUnits } from '@/features/products/useOwnUnits';

export const GRID = 'grid gap-5 sm:grid-cols-2 xl:grid-cols-3';
/** Those whose pictures may be in the first window: one row. */
const FIRST = 3;

export function ProductGrid({ products }: { products: Product[] }) {
  const list = useAnimatedList<HTMLUListElement>();
  const own = useOwnUnits();
  return (
    <ul ref={list} className={GRID}>
      {products.map((product, place) => (
        <ProductCard
          key={product.id}
          product={product}
          own={own.of(product.id)}
          holds={own.holds}
          lazy={place >= FIRST}
        />
      ))}
    </ul>
  );
}
