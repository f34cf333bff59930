import { ArrowLeft, SearchX, Share2 } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { ProductStage } from '@/components/ProductStage';
import { saleState } from '@/data/productState';
import { useProducts, useShownProducts } from '@/data/products';
import { NoProducts } from '@/features/products/NoProducts';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';
import { useOwnUnits } from '@/features/products/useOwnUnits';
import { canShare, shareAddress } from '@/lib/share';
import { setTitle } from '@/lib/title';
import { useServerTime } from '@/lib/ticker';
import { LINK_COPIED, SHARE } from '@/texts/drops';
import { viewTitle } from '@/texts/page';
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
  return (
    <>
      <div className="flex items-center justify-between gap-4">
        <Back />
        {product && canShare() && <Share name={product.name} />}
      </div>
      {product ? <Details product={product} /> : <h1 className="sr-only">{TEXTS.heading}</h1>}
      {products && !product && <Unknown />}
      {!products && (failed ? <NoProducts retry={retry} /> : <div className="skeleton h-96 rounded-3xl" />)}
    </>
  );
}

function Back() {
  return (
    <AppLink
      to={{ product: '' }}
      className="inline-flex min-h-11 items-center gap-2 font-semibold text-muted hover:text-ink"
    >
      <ArrowLeft aria-hidden className="size-5" />
      {TEXTS.back}
    </AppLink>
  );
}

function Unknown() {
  return (
    <EmptyState
      picture={<SearchX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={TEXTS.unknownTitle}
      text={TEXTS.unknown}
    />
  );
}

/** Set the title of the document. The next view sets its own. */
function useTitle(name: string | undefined): void {
  useEffect(() => {
    if (name) setTitle(viewTitle(name));
  }, [name]);
}

function Details({ product }: { product: Product }) {
  const own = useOwnUnits();
  const units = own.of(product.id);
  const over = useServerTime((now) => saleState(product, now) === 'over');
  const soldOut = units.held === 0 && (over || product.availableStock === 0);
  useShownProducts([product]);
  return (
    <article aria-labelledby="product" className="panel grid overflow-hidden md:grid-cols-2">
      <ProductStage product={product} soldOut={soldOut} large={product.name} />
      <div className="flex flex-col gap-5 p-5 sm:p-7">
        <h1 id="product" className="text-3xl leading-tight font-bold break-words">
          <bdi>{product.name}</bdi>
        </h1>
        {product.description && (
          <p dir="auto" className="break-words whitespace-pre-line text-muted">
            {product.description}
          </p>
        )}
        <div className="mt-auto flex flex-col gap-4">
          <StockLine product={product} own={units} />
          <ReserveForm product={product} own={units} holds={own.holds} />
        </div>
      </div>
    </article>
  );
}

const share = (name: string) =>
  shareAddress(name, { search: window.location.search, copied: LINK_COPIED, hint: TEXTS.shareHint });

function Share({ name }: { name: string }) {
  return (
    <Button look="quiet" onClick={() => void share(name)}>
      <Share2 aria-hidden className="size-5" />
      {SHARE}
      <span className="sr-only"> {name}</span>
    </Button>
  );
}
