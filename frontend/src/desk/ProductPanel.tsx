import { ProductPicture } from '@/components/ProductPicture';
import { sellingState, unitsOf } from '@/desk/figures';
import { ProductActions } from '@/desk/ProductActions';
import { ProductFigures } from '@/desk/ProductFigures';
import { rates } from '@/desk/rates';
import { Refusals } from '@/desk/Refusals';
import { Dot } from '@/desk/SaleTotals';
import { SoldRates } from '@/desk/SoldRates';
import { StateBadge } from '@/desk/StateBadge';
import type { SaleProduct } from '@/desk/types';
import { UnitsBar } from '@/desk/UnitsBar';
import { grouped, money } from '@/lib/numbers';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { FIGURES, policyText } from '@/desk/texts/sale';

/** A product live, with what an operator can do to it. */
export function ProductPanel({ product }: { product: SaleProduct }) {
  const samples = useStore(rates)[product.id] ?? [];
  return (
    <li aria-label={product.name} className="panel flex flex-col gap-4 p-5">
      <Heading product={product} />
      <Stock product={product} />
      <SoldRates product={product} samples={samples} />
      <Refusals product={product} samples={samples} />
      <ProductFigures product={product} />
      <ProductActions product={product} />
    </li>
  );
}

function Heading({ product }: { product: SaleProduct }) {
  const state = useServerTime((now) => sellingState(product, now));
  const { name, price, currency, maxPerShopper, holdSeconds } = product;
  return (
    <div className="flex items-start gap-3">
      <ProductPicture product={product} className="size-14 shrink-0" />
      <div className="min-w-0 grow">
        <h3 className="text-lg leading-snug font-semibold">
          <bdi>{name}</bdi>
        </h3>
        <p className="text-sm text-muted">
          {policyText(money(price, currency), maxPerShopper, countdown(holdSeconds))}
        </p>
      </div>
      <StateBadge product={product} state={state} />
    </div>
  );
}

/** Where the units are, as numbers and as a bar. */
function Stock({ product }: { product: SaleProduct }) {
  const units = unitsOf(product);
  return (
    <div>
      <dl className="mb-2.5 flex flex-wrap gap-x-6 gap-y-2">
        <Part name={FIGURES.sold} value={units.sold} colour="bg-success" />
        <Part name={FIGURES.held} value={units.held} colour="bg-accent" />
        <Part name={FIGURES.available} value={units.available} colour="bg-edge" />
        <Part name={FIGURES.total} value={units.total} />
      </dl>
      <UnitsBar units={units} />
    </div>
  );
}

function Part({ name, value, colour }: { name: string; value: number; colour?: string }) {
  return (
    <div className="last:ms-auto last:text-end">
      <dt className="flex items-center gap-1.5 text-sm text-muted">
        {colour && <Dot colour={colour} />}
        {name}
      </dt>
      <dd className="font-display text-2xl font-bold tracking-tight">{grouped(value)}</dd>
    </div>
  );
}
