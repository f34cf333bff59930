import { Rate } from '@/desk/Rate';
import type { Sample } from '@/desk/rates';
import { refusedRequests } from '@/desk/refusals';
import { CHART_MINUTES, Sparkline } from '@/desk/Sparkline';
import { CHART, FIGURES, reasonText } from '@/desk/texts/sale';
import type { SaleProduct } from '@/desk/types';
import { grouped } from '@/lib/numbers';

interface RefusalsProps {
  product: SaleProduct;
  samples: readonly Sample[];
}

/** Requests refused, now by reason and over the last minutes. The figures are approximate. */
export function Refusals({ product, samples }: RefusalsProps) {
  return (
    <div>
      <dl className="mb-1 flex flex-wrap gap-x-5 text-sm">
        <Rate name={FIGURES.refused} value={refusedRequests(product)} colour="bg-low-stock" />
        {Object.entries(product.refused).map(([reason, requests]) => (
          <div key={reason} className="flex gap-1.5">
            <dt className="text-muted">{reasonText(reason)}</dt>
            <dd className="font-semibold">{grouped(requests)}</dd>
          </div>
        ))}
      </dl>
      <Sparkline samples={samples} figures={['refused']} label={described(samples)} className="h-10" />
    </div>
  );
}

function described(samples: readonly Sample[]): string {
  const highest = Math.max(0, ...samples.map(({ refused }) => refused));
  const now = samples.at(-1)?.refused ?? 0;
  return CHART.refused(CHART_MINUTES, now, highest);
}
