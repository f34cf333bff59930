import type { Product } from '@/api/types';
import { Dial } from '@/components/Dial';
import { countdown } from '@/lib/time';

/** Introduces the shop and shows totals. Totals that are still loading keep their place. */
export function Hero({ products }: { products: Product[] | undefined }) {
  const hold = products?.[0]?.holdSeconds;
  return (
    <section className="flex items-center justify-between gap-8 pt-8 pb-8 sm:pt-12 sm:pb-10">
      <div className="max-w-2xl">
        <h1 className="text-hero font-bold">
          Reserve now. <span className="ember-text">Pay in time.</span>
        </h1>
        <p className="mt-4 max-w-xl text-lg text-balance text-muted">
          Reserve a unit and it is held for you. If you do not pay before the time ends, other shoppers can
          reserve it.
        </p>
        <Figures products={products} />
      </div>
      <Dial fraction={1} className="hidden size-56 drop-shadow-dial md:grid">
        <div className="text-center">
          <p className="font-display text-5xl font-bold tracking-tight">
            {hold === undefined ? '–:––' : countdown(hold)}
          </p>
          <p className="text-sm text-muted">to pay</p>
        </div>
      </Dial>
    </section>
  );
}

function Figures({ products }: { products: Product[] | undefined }) {
  const left = products?.reduce((sum, each) => sum + each.availableStock, 0) ?? '–';
  const total = products?.reduce((sum, each) => sum + each.totalStock, 0) ?? '–';
  return (
    <p className="mt-5 inline-flex flex-wrap items-baseline gap-x-2 rounded-full border border-line bg-veil px-4 py-2">
      <strong key={left} className="animate-tick font-display text-xl font-bold">
        {left}
      </strong>
      <span className="text-muted">
        of {total} units left, {products?.length ?? '–'} products
      </span>
    </p>
  );
}
