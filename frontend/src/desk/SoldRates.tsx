import { Rate } from '@/desk/Rate';
import type { Sample } from '@/desk/rates';
import { CHART_MINUTES, Sparkline } from '@/desk/Sparkline';
import { CHART, FIGURES } from '@/desk/texts/sale';
import type { SaleProduct } from '@/desk/types';

interface SoldRatesProps {
  product: SaleProduct;
  samples: readonly Sample[];
}

/** Units reserved and paid for, now and over the last minutes. */
export function SoldRates({ product: { lastMinute }, samples }: SoldRatesProps) {
  return (
    <div>
      <dl className="mb-1 flex flex-wrap gap-x-5 text-sm">
        <Rate name={FIGURES.reserved} value={lastMinute.reserved} colour="bg-accent" />
        <Rate name={FIGURES.paid} value={lastMinute.completed} colour="bg-success" />
      </dl>
      <Sparkline
        samples={samples}
        figures={['completed', 'reserved']}
        filled="reserved"
        label={described(samples)}
        className="h-20"
      />
      <p aria-hidden className="flex justify-between text-2xs text-faint">
        <span>{CHART.from(CHART_MINUTES)}</span>
        <span>{CHART.to}</span>
      </p>
    </div>
  );
}

function described(samples: readonly Sample[]): string {
  const highest = Math.max(0, ...samples.map(({ reserved }) => reserved));
  const now = samples.at(-1);
  return CHART.units(CHART_MINUTES, now?.reserved ?? 0, highest, now?.completed ?? 0);
}
