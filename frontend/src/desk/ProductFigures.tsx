import type { ReactNode } from 'react';

import { lapsedUnits } from '@/desk/figures';
import type { SaleProduct } from '@/desk/types';
import { grouped } from '@/lib/numbers';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';

const NONE = '–';

/** What else happens to a product. */
export function ProductFigures({ product }: { product: SaleProduct }) {
  const { lastMinute, expiryLateness: late, waiting } = product;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 border-t border-line pt-4 sm:grid-cols-3">
      <Figure name="Sold out in">
        <SoldOut product={product} />
      </Figure>
      <Figure name="Next release in" note={waiting > 0 ? `${grouped(waiting)} waiting` : undefined}>
        <NextRelease at={product.nextReleaseAt} />
      </Figure>
      <Figure name="Lapsed" note={lapsedUnits(product) > 0 ? causes(product) : undefined}>
        {grouped(lapsedUnits(product))}
      </Figure>
      <Figure name="Cancelled">{grouped(lastMinute.cancelled)}</Figure>
      <Figure name="Extended">{grouped(lastMinute.extended)}</Figure>
      <Figure name="Expiry late by" note={late ? `99 of 100 below ${late.p99.toFixed(1)} s` : undefined}>
        {late ? `${late.median.toFixed(1)} s` : NONE}
      </Figure>
    </dl>
  );
}

function Figure({ name, note, children }: { name: string; note?: string | undefined; children: ReactNode }) {
  return (
    <div>
      <dt className="text-sm text-muted">{name}</dt>
      <dd className="font-semibold">
        {children}
        {note && <span className="block text-2xs font-normal text-muted">{note}</span>}
      </dd>
    </div>
  );
}

/** At the rate of the last minute. */
function SoldOut({ product: { soldOutInSeconds: seconds } }: { product: SaleProduct }) {
  if (seconds === null) return NONE;
  if (seconds === 0) return <span className="text-low-stock">now</span>;
  return (
    <span className={seconds < 60 ? 'text-low-stock' : undefined}>{countdown(Math.round(seconds))}</span>
  );
}

function NextRelease({ at }: { at: string | null }) {
  const shown = useServerTime((now) => (at === null ? NONE : countdown(secondsUntil(Date.parse(at), now))));
  return shown;
}

/** What returned the units of lapsed holds to stock. */
function causes({ lastMinute: { expired } }: SaleProduct): string {
  const parts = [
    [expired.message, 'by message'],
    [expired.sweep, 'by sweep'],
    [expired.reclaim, 'by a reserve'],
  ] as const;
  return parts
    .filter(([units]) => units > 0)
    .map(([units, cause]) => `${units} ${cause}`)
    .join(', ');
}
