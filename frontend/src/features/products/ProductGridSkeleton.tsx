import { GRID } from '@/features/products/ProductGrid';
import { PRODUCTS } from '@/texts/products';

/** Placeholders of the size of product cards, so that the page does not shift when they load. */
export function ProductGridSkeleton() {
  return (
    <div role="status" aria-label={PRODUCTS.loading}>
      <div aria-hidden className={GRID}>
        {Array.from({ length: 6 }, (_, card) => (
          <div key={card} className="panel flex flex-col gap-4 p-5">
            <div className="skeleton h-44 rounded-2xl low:h-28" />
            <div className="skeleton h-6 w-3/4" />
            <div className="skeleton h-7 w-full" />
            <div className="skeleton h-11 w-full" />
          </div>
        ))}
      </div>
    </div>
  );
}
