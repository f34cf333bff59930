import type { ReactNode } from 'react';

import { percent, type Totals } from '@/desk/figures';
import { UnitsBar } from '@/desk/UnitsBar';
import { grouped } from '@/lib/numbers';
import { FIGURE_NOTES, FIGURES, SALE_TEXTS } from '@/desk/texts/sale';

/** The sums over all products. */
export function SaleTotals({ totals }: { totals: Totals }) {
  const { available, held, sold, total, reserved, completed, lapsed } = totals;
  return (
    <section aria-labelledby="totals" className="panel p-5 sm:p-6">
      <h2 id="totals" className="sr-only">
        {SALE_TEXTS.allProducts}
      </h2>
      <dl className="grid grid-cols-2 gap-x-4 gap-y-5 sm:grid-cols-3 lg:grid-cols-6">
        <Total
          name={FIGURES.sold}
          value={sold}
          note={FIGURE_NOTES.share(percent(sold, total), total)}
          dot="bg-success"
        />
        <Total name={FIGURES.held} value={held} note={percent(held, total)} dot="bg-accent" />
        <Total name={FIGURES.available} value={available} note={percent(available, total)} dot="bg-edge" />
        <Total name={FIGURES.reserved} value={reserved} note={FIGURE_NOTES.aMinute} />
        <Total name={FIGURES.paid} value={completed} note={FIGURE_NOTES.aMinute} />
        <Total name={FIGURES.lapsed} value={lapsed} note={FIGURE_NOTES.aMinute} />
      </dl>
      <div className="mt-5">
        <UnitsBar units={totals} />
      </div>
    </section>
  );
}

interface TotalProps {
  name: string;
  value: number;
  note: string;
  dot?: string;
}

function Total({ name, value, note, dot }: TotalProps) {
  return (
    <div>
      <dt className="flex items-center gap-2 text-sm text-muted">
        {dot && <Dot colour={dot} />}
        {name}
      </dt>
      <dd className="mt-1">
        <span className="block font-display text-3xl font-bold tracking-tight">{grouped(value)}</span>
        <span className="text-sm text-muted">{note}</span>
      </dd>
    </div>
  );
}

/** The key to the colour of a bar or a line. */
export function Dot({ colour }: { colour: string }): ReactNode {
  return <span aria-hidden className={`size-2.5 shrink-0 rounded-full bar-track ${colour}`} />;
}
