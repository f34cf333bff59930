import { PackageOpen } from 'lucide-react';
import { lazy, useDeferredValue, useEffect, useRef } from 'react';

import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { saleState } from '@/data/productState';
import { useProducts, useShownProducts, type Products } from '@/data/products';
import { filterAndSort, SHOWN, SORTED } from '@/features/products/filterAndSort';
import { Hero } from '@/features/products/Hero';
import { dropTitle, nextDrop, type Drop } from '@/features/products/drops';
import { NextDrop } from '@/features/products/NextDrop';
import { NoProducts } from '@/features/products/NoProducts';
import { ProductGrid } from '@/features/products/ProductGrid';
import { ProductGridSkeleton } from '@/features/products/ProductGridSkeleton';
import { ProductToolbar } from '@/features/products/ProductToolbar';
import { matching, SEARCHED_FROM } from '@/features/products/search';
import { announce } from '@/lib/announcements';
import { useSearchParam, useSearchText } from '@/lib/searchParams';
import { serverNow } from '@/lib/serverClock';
import { useServerTime } from '@/lib/ticker';
import { DROP } from '@/texts/drops';
import { PRODUCTS } from '@/texts/products';

// Loaded later: only large shops have a search.
const search = () => import('@/features/products/ProductSearch');
const ProductSearch = lazy(() => search().then((part) => ({ default: part.ProductSearch })));
const NoMatch = lazy(() => search().then((part) => ({ default: part.NoMatch })));

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
    if (opened && Date.parse(opened.startsAt) <= serverNow()) announce(DROP.open(dropTitle(opened)));
  }, [drop]);
}

function Catalogue({ products, failed, retry }: Products) {
  const shown = useSearchParam('show', SHOWN);
  const sorted = useSearchParam('sort', SORTED);
  const text = useSearchText('search');
  const searched = products && products.length >= SEARCHED_FROM;
  const found = searched ? matching(products, text) : products;
  const arranged = found && filterAndSort(found, shown, sorted, serverNow());
  // React renders a deferred value in slices, so the page reacts to input during the first render of the cards.
  const ready = useDeferredValue(products !== undefined);
  return (
    <section aria-labelledby="on-sale" className="flex flex-col gap-5">
      <h2 id="on-sale" className="sr-only">
        {PRODUCTS.title}
      </h2>
      <ProductToolbar shown={shown} sorted={sorted}>
        {searched && <ProductSearch text={text} found={arranged?.length ?? 0} />}
      </ProductToolbar>
      {products && arranged && ready && (
        <ProductList products={products} arranged={arranged} text={searched ? text : ''} />
      )}
      {!(products && ready) && (failed ? <NoProducts retry={retry} /> : <ProductGridSkeleton />)}
    </section>
  );
}

interface ProductListProps {
  products: Product[];
  arranged: Product[];
  /** What is searched for; empty for nothing. */
  text: string;
}

function ProductList({ products, arranged, text }: ProductListProps) {
  // a filter that matches nothing now may match any product later
  useShownProducts(arranged.length > 0 ? arranged : products);
  if (arranged.length > 0) return <ProductGrid products={arranged} />;
  const picture = <PackageOpen aria-hidden className="size-16 text-accent" strokeWidth={1.2} />;
  if (products.length === 0)
    return <EmptyState picture={picture} title={PRODUCTS.nothing.title} text={PRODUCTS.nothing.text} />;
  if (text) return <NoMatch text={text} />;
  return (
    <EmptyState picture={picture} title={PRODUCTS.nothingFiltered.title} text={PRODUCTS.nothingFiltered.text}>
      <AppLink
        to={{ show: '' }}
        className="inline-flex min-h-11 items-center font-semibold text-accent underline"
      >
        {PRODUCTS.nothingFiltered.showAll}
      </AppLink>
    </EmptyState>
  );
}
