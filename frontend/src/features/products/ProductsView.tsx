import { PackageOpen, Unplug } from 'lucide-react';
import { useDeferredValue } from 'react';

import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { Message } from '@/components/Message';
import { useProducts, type Products } from '@/data/products';
import { arrange, SHOWN, SORTED } from '@/features/products/arrange';
import { Hero } from '@/features/products/Hero';
import { ProductGrid } from '@/features/products/ProductGrid';
import { ProductGridSkeleton } from '@/features/products/ProductGridSkeleton';
import { ProductToolbar } from '@/features/products/ProductToolbar';
import { useSearchParam } from '@/lib/searchParams';

/** The products on sale. */
export function ProductsView({ aside }: { aside: React.ReactNode }) {
  const { products, failed, retry } = useProducts();
  return (
    <>
      <Hero products={products} />
      <div className="grid gap-8 lg:grid-cols-[minmax(0,1fr)_20rem]">
        <Catalogue products={products} failed={failed} retry={retry} />
        {aside}
      </div>
    </>
  );
}

function Catalogue({ products, failed, retry }: Products) {
  const shown = useSearchParam('show', SHOWN);
  const sorted = useSearchParam('sort', SORTED);
  // deferred, the first drawing of all cards is done in slices, and a press in the meantime is not kept waiting
  const ready = useDeferredValue(products !== undefined);
  return (
    <section aria-labelledby="on-sale" className="flex flex-col gap-5">
      <h2 id="on-sale" className="sr-only">
        On sale
      </h2>
      <ProductToolbar shown={shown} sorted={sorted} />
      {products && ready && <Arranged products={products} arranged={arrange(products, shown, sorted)} />}
      {!(products && ready) && (failed ? <NoProducts retry={retry} /> : <ProductGridSkeleton />)}
    </section>
  );
}

function Arranged({ products, arranged }: { products: Product[]; arranged: Product[] }) {
  if (arranged.length > 0) return <ProductGrid products={arranged} />;
  const picture = <PackageOpen aria-hidden className="size-16 text-glow" strokeWidth={1.2} />;
  if (products.length === 0)
    return (
      <Message picture={picture} title="Nothing on sale yet" text="Products appear here by themselves." />
    );
  return (
    <Message
      picture={picture}
      title="Nothing fits this filter"
      text="Stock changes by the second, so it may soon."
    >
      <AppLink
        to={{ show: '' }}
        className="inline-flex min-h-11 items-center font-semibold text-glow underline"
      >
        Show all products
      </AppLink>
    </Message>
  );
}

function NoProducts({ retry }: { retry: () => void }) {
  return (
    <Message
      picture={<Unplug aria-hidden className="size-16 text-glow" strokeWidth={1.2} />}
      title="The shop cannot be reached"
      text="We keep trying. Your holds are safe on the server until they lapse."
    >
      <Button onClick={retry}>Try now</Button>
    </Message>
  );
}
