import { ArrowLeft, SearchX, Share2 } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { drawingOf } from '@/components/productPictures';
import { ProductPicture } from '@/components/ProductPicture';
import { saleState } from '@/data/productState';
import { useProducts, useShownProducts } from '@/data/products';
import { NoProducts } from '@/features/products/NoProducts';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';
import { useOwnUnits } from '@/features/products/useOwnUnits';
import { classes } from '@/lib/classes';
import { canShare, shareAddress } from '@/lib/share';
import { useServerTime } from '@/lib/ticker';
import { PRODUCT_PAGE as TEXTS } from '@/texts/productPage';

interface ProductPageProps {
  id: string;
  aside: ReactNode;
}

/** One product with its description, at an address of its own. The shopper's holds are beside it. */
export default function ProductPage({ id, aside }: ProductPageProps) {
  return (
    <div className="grid gap-8 pt-4 sm:pt-6 lg:grid-cols-[minmax(0,1fr)_20rem]">
      <div className="flex min-w-0 flex-col gap-3">
        <AppLink
          to={{ product: '' }}
          className="inline-flex min-h-11 items-center gap-2 self-start font-semibold text-muted hover:text-ink"
        >
          <ArrowLeft aria-hidden className="size-5" />
          {TEXTS.back}
        </AppLink>
        <Content id={id} />
      </div>
      {aside}
    </div>
  );
}

function Content({ id }: { id: string }) {
  const { products, failed, retry } = useProducts();
  const product = products?.find((each) => each.id === id);
  useTitle(product?.name ?? (products && TEXTS.unknownTitle));
  if (product) return <Details product={product} />;
  if (products)
    return (
      <EmptyState
        picture={<SearchX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
        title={TEXTS.unknownTitle}
        text={TEXTS.unknown}
      />
    );
  return failed ? <NoProducts retry={retry} /> : <div className="skeleton h-96 rounded-panel" />;
}

/** Set the title of the document. The next view sets its own. */
function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name) document.title = `${name} · Ember`;
  }, [name]);
}

function Details({ product }: { product: Product }) {
  const own = useOwnUnits();
  const units = own.of(product.id);
  useShownProducts([product]);
  return (
    <article aria-labelledby="product" className="panel grid overflow-hidden md:grid-cols-2">
      <Picture product={product} held={units.held} />
      <div className="flex flex-col gap-5 p-5 sm:p-7">
        <div className="flex items-start justify-between gap-3">
          <h1 id="product" className="min-w-0 text-title leading-tight font-bold break-words">
            {product.name}
          </h1>
          {canShare() && <Share product={product} />}
        </div>
        {product.description && (
          <p className="break-words whitespace-pre-line text-muted">{product.description}</p>
        )}
        <div className="mt-auto flex flex-col gap-4">
          <StockLine product={product} own={units} />
          <ReserveForm product={product} own={units} holds={own.holds} />
        </div>
      </div>
    </article>
  );
}

function Picture({ product, held }: { product: Product; held: number }) {
  const over = useServerTime((now) => saleState(product, now) === 'over');
  const soldOut = held === 0 && (over || product.availableStock === 0);
  return (
    <div
      className={classes(
        'stage grid place-items-center p-6 sm:p-8',
        !soldOut && drawingOf(product.illustration).stage,
      )}
    >
      <ProductPicture
        product={product}
        alt={product.name}
        className={classes('max-h-112 w-full', soldOut && 'opacity-45 grayscale')}
      />
    </div>
  );
}

function Share({ product: { name } }: { product: Product }) {
  return (
    <Button
      look="quiet"
      className="-mt-1 -mr-3 shrink-0"
      onClick={() => void shareAddress(name, { search: window.location.search, hint: TEXTS.shareHint })}
    >
      <Share2 aria-hidden className="size-5" />
      {TEXTS.share}
      <span className="sr-only"> {name}</span>
    </Button>
  );
}
