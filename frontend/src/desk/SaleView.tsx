import { useQuery } from '@tanstack/react-query';
import { PackageOpen, Unplug } from 'lucide-react';

import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { isShown, totals } from '@/desk/figures';
import { ProductPanel } from '@/desk/ProductPanel';
import { SALE } from '@/desk/queries';
import { SaleTotals } from '@/desk/SaleTotals';
import type { Sale } from '@/desk/types';

/** Every product live. */
export function SaleView() {
  const { data, isError, refetch } = useQuery(SALE);
  return (
    <div className="flex flex-col gap-6 pt-8">
      <div>
        <h1 className="text-title font-bold">
          The sale, <span className="ember-text">live</span>
        </h1>
        <p className="mt-1.5 text-muted">
          Rates are units, and refused requests, in the last {data?.windowSeconds ?? 60} seconds. Refusals are
          counted approximately.
        </p>
      </div>
      {data && <Products sale={data} />}
      {!data && !isError && <Loading />}
      {!data && isError && (
        <EmptyState
          picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
          title="The API cannot be reached"
          text="The page keeps trying."
        >
          <Button onClick={() => void refetch()}>Try again</Button>
        </EmptyState>
      )}
    </div>
  );
}

function Products({ sale: { products } }: { sale: Sale }) {
  const shown = products.filter(isShown);
  const retired = products.length - shown.length;
  if (shown.length === 0) return <NoProducts />;
  return (
    <>
      <SaleTotals totals={totals(shown)} />
      <section aria-labelledby="products">
        <h2 id="products" className="sr-only">
          Products
        </h2>
        <ul className="grid gap-5 lg:grid-cols-2">
          {shown.map((product) => (
            <ProductPanel key={product.id} product={product} />
          ))}
        </ul>
      </section>
      {retired > 0 && (
        <p className="text-sm text-muted">
          {retired === 1 ? '1 retired product is' : `${retired} retired products are`} not shown.
        </p>
      )}
    </>
  );
}

function NoProducts() {
  return (
    <EmptyState
      picture={<PackageOpen aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title="No products yet"
      text="Create one with the operator's command line. It appears here without a reload."
    />
  );
}

function Loading() {
  return (
    <div role="status" aria-label="Loading the sale">
      <div aria-hidden className="grid gap-5 lg:grid-cols-2">
        {Array.from({ length: 4 }, (_, place) => (
          <div key={place} className="panel p-5">
            <div className="skeleton h-72" />
          </div>
        ))}
      </div>
    </div>
  );
}
