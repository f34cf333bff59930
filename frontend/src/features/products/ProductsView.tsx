import { PackageOpen, Unplug } from 'lucide-react';
import { useDeferredValue, useEffect, useRef } from 'react';

import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { saleState } from '@/data/productState';
import { useProducts, useShownProducts, type Products } from '@/data/products';
import { filterAndSort, SHOWN, SORTED } from '@/features/products/filterAndSort';
import { Hero } from '@/features/products/Hero';
import { dropTitle, nextDrop, type Drop } from '@/features/products/drops';
import { NextDrop } from '@/features/products/NextDrop';
import { ProductGrid } from '@/features/products/ProductGrid';
import { ProductGridSkeleton } from '@/features/products/ProductGridSkeleton';
import { ProductToolbar } from '@/features/products/ProductToolbar';
import { announce } from '@/lib/announcements';
import { useSearchParam } from '@/lib/searchParams';
import { serverNow } from '@/lib/serverClock';
import { useServerTime } from '@/lib/ticker';

/** All products with the shopper's holds beside them. */
export function ProductsView({ aside }: { aside: React.ReactNode }) {
  const { products, failed, retry } = useProducts();
  // renders again when a sale starts or ends
  useServerTime((now) => (products ?? []).map((product) => saleState(product, now)).join());
  const drop = nextDrop(products ?? [], serverNow());
  useOpeningAnnouncement(drop);
  return (
    <>
      {drop ? <NextDrop drop={drop} /> : <Hero products={products} />}
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Catalogue products={products} failed={failed} retry={retry} />
        {aside}
      </div>
    </>
  );
}

/** Announces that a sale has opened. */
function useOpeningAnnouncement(drop: Drop | undefined): void {
  const before = useRef(drop);
  useEffect(() => {
    const opened = before.current;
    before.current = drop;
    if (opened && Date.parse(opened.startsAt) <= serverNow())
      announce(`${dropTitle(opened)}: the sale is open.`);
  }, [drop]);
}

function Catalogue({ products, failed, retry }: Products) {
  const shown = useSearchParam('show', SHOWN);
  const sorted = useSearchParam('sort', SORTED);
  // React renders a deferred value in slices, so the page reacts to input during the first render of the cards.
  const ready = useDeferredValue(products !== undefined);
  return (
    <section aria-labelledby="on-sale" className="flex flex-col gap-5">
      <h2 id="on-sale" className="sr-only">
        On sale
      </h2>
      <ProductToolbar shown={shown} sorted={sorted} />
      {products && ready && (
        <ProductList products={products} arranged={filterAndSort(products, shown, sorted, serverNow())} />
      )}
      {!(products && ready) && (failed ? <NoProducts retry={retry} /> : <ProductGridSkeleton />)}
    </section>
  );
}

function ProductList({ products, arranged }: { products: Product[]; arranged: Product[] }) {
  // a filter that matches nothing now may match any product later
  useShownProducts(arranged.length > 0 ? arranged : products);
  if (arranged.length > 0) return <ProductGrid products={arranged} />;
  const picture = <PackageOpen aria-hidden className="size-16 text-accent" strokeWidth={1.2} />;
  if (products.length === 0)
    return (
      <EmptyState
        picture={picture}
        title="Nothing on sale yet"
        text="New products appear here without a reload."
      />
    );
  return (
    <EmptyState
      picture={picture}
      title="No product matches this filter"
      text="The list updates as stock changes."
    >
      <AppLink
        to={{ show: '' }}
        className="inline-flex min-h-11 items-center font-semibold text-accent underline"
      >
        Show all products
      </AppLink>
    </EmptyState>
  );
}

function NoProducts({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title="The shop cannot be reached"
      text="The page keeps trying. You keep your holds until their time ends."
    >
      <Button onClick={retry}>Try again</Button>
    </EmptyState>
  );
}
