import { useGliding } from '@/lib/motion';

import type { Product } from '@/api/types';
import { usePressed } from '@/data/actions';
import { useHolds } from '@/data/holds';
import { ProductCard } from '@/features/products/ProductCard';

export const GRID = 'grid gap-5 sm:grid-cols-2 xl:grid-cols-3';

export function ProductGrid({ products }: { products: Product[] }) {
  const list = useGliding<HTMLUListElement>();
  const pressed = usePressed();
  const holds = useHolds();
  return (
    <ul ref={list} className={GRID}>
      {products.map((product) => (
        <ProductCard
          key={product.id}
          product={product}
          pressed={unitsOf(product.id, pressed)}
          held={unitsOf(product.id, holds)}
        />
      ))}
    </ul>
  );
}

function unitsOf(id: string, parts: { productId: string; quantity: number }[]): number {
  return parts.filter((part) => part.productId === id).reduce((sum, part) => sum + part.quantity, 0);
}
