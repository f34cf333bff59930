import type { Product } from '@/api/types';
import { Dial } from '@/components/Dial';
import { saleState } from '@/data/productState';
import { grouped } from '@/lib/numbers';
import { serverNow } from '@/lib/serverClock';
import { countdown } from '@/lib/time';
import { HERO } from '@/texts/products';

export const LAYOUT =
  'flex items-center justify-between gap-8 pt-8 pb-8 sm:pt-12 sm:pb-10 low:sm:pt-5 low:sm:pb-4';

/** Introduces the shop and shows totals. Totals that are still loading keep their place. */
export function Hero({ products }: { products: Product[] | undefined }) {
  return (
    <section className={LAYOUT}>
      <div className="max-w-2xl low:max-w-none">
        <h1 className="text-hero font-bold low:text-title">
          {HERO.reserve} <span className="ember-text">{HERO.pay}</span>
        </h1>
        <p className="mt-4 max-w-xl text-lg text-balance text-muted low:mt-1 low:max-w-none low:text-base">
          {HERO.text}
        </p>
        <Figures products={products} />
      </div>
      <Dial fraction={1} className="hidden size-56 drop-shadow-dial md:grid low:md:hidden">
        <div className="text-center">
          <HoldLength products={products ?? []} />
          <p className="text-sm text-muted">{HERO.toPay}</p>
        </div>
      </Dial>
    </section>
  );
}

/** The hold length, or the range if the products have different ones. */
function HoldLength({ products }: { products: Product[] }) {
  const lengths = [...new Set(products.map(({ holdSeconds }) => holdSeconds))].sort((a, b) => a - b);
  const [shortest, longest] = [lengths[0], lengths.at(-1)];
  if (shortest === undefined || longest === undefined) return <p className={LENGTH}>{HERO.unknownTime}</p>;
  if (shortest === longest) return <p className={LENGTH}>{countdown(shortest)}</p>;
  return (
    <p className="font-display text-2xl font-bold">
      {countdown(shortest)}–{countdown(longest)}
    </p>
  );
}

const LENGTH = 'font-display text-5xl font-bold tracking-tight';

const isOpen = (product: Product) => saleState(product, serverNow()) === 'open';

function Figures({ products }: { products: Product[] | undefined }) {
  const sum = (units: (product: Product) => number) =>
    products
      ? grouped(products.filter(isOpen).reduce((total, each) => total + units(each), 0))
      : HERO.unknown;
  const left = sum(({ availableStock }) => availableStock);
  const total = sum(({ totalStock }) => totalStock);
  return (
    <p className="mt-5 inline-flex flex-wrap items-baseline gap-x-2 rounded-full border border-line bg-veil px-4 py-2 low:mt-2 low:py-1">
      <strong key={left} className="animate-tick font-display text-xl font-bold">
        {left}
      </strong>
      <span className="text-muted">{HERO.ofUnits(total, products?.length)}</span>
    </p>
  );
}
