import type { ReactNode } from 'react';

import { lapsedUnits } from '@/desk/figures';
import type { SaleProduct } from '@/desk/types';
import { grouped } from '@/lib/numbers';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { FIGURE_NOTES, FIGURES } from '@/desk/texts/sale';

/** What else happens to a product. */
export function ProductFigures({ product }: { product: SaleProduct }) {
  const { lastMinute, expiryLateness: late, waiting } = product;
  return (
    <dl className="grid grid-cols-2 gap-x-4 gap-y-3 border-t border-line pt-4 sm:grid-cols-3">
      <Figure name={FIGURES.soldOutIn}>
        <SoldOut product={product} />
      </Figure>
      <Figure name={FIGURES.nextReleaseIn} note={waiting > 0 ? FIGURE_NOTES.waiting(waiting) : undefined}>
        <NextRelease at={product.nextReleaseAt} />
      </Figure>
      <Figure name={FIGURES.lapsed} note={lapsedUnits(product) > 0 ? causes(product) : undefined}>
        {grouped(lapsedUnits(product))}
      </Figure>
      <Figure name={FIGURES.cancelled}>{grouped(lastMinute.cancelled)}</Figure>
      <Figure name={FIGURES.extended}>{grouped(lastMinute.extended)}</Figure>
      <Figure name={FIGURES.lateBy} note={late ? FIGURE_NOTES.latest(late.p99) : undefined}>
        {late ? FIGURE_NOTES.late(late.median) : FIGURES.none}
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
  if (seconds === null) return FIGURES.none;
  if (seconds === 0) return <span className="text-low-stock">{FIGURE_NOTES.soldOut}</span>;
  return (
    <span className={seconds < 60 ? 'text-low-stock' : undefined}>{countdown(Math.round(seconds))}</span>
  );
}

function NextRelease({ at }: { at: string | null }) {
  const shown = useServerTime((now) =>
    at === null ? FIGURES.none : countdown(secondsUntil(Date.parse(at), now)),
  );
  return shown;
}

/** What returned the units of lapsed holds to stock. */
function causes({ lastMinute: { expired } }: SaleProduct): string {
  return (['message', 'sweep', 'reclaim'] as const)
    .filter((cause) => expired[cause] > 0)
    .map((cause) => `${expired[cause]} ${FIGURE_NOTES.causes[cause]}`)
    .join(', ');
}
