import { useId } from 'react';

import { ceiling, curve, HEIGHT, WIDTH } from '@/desk/chart';
import { CHART_MS, type Sample } from '@/desk/rates';
import { grouped } from '@/lib/numbers';
import { CHART } from '@/desk/texts/sale';

const MINUTES = CHART_MS / 60_000;
const LINE = {
  fill: 'none',
  vectorEffect: 'non-scaling-stroke',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;

/** Units reserved and paid for a minute, over the last minutes that this page has seen. */
export function Sparkline({ samples }: { samples: readonly Sample[] }) {
  const id = useId();
  const top = ceiling(samples);
  const reserved = curve(samples, 'reserved', top);
  const completed = curve(samples, 'completed', top);
  return (
    <figure>
      <div className="relative h-20">
        <span aria-hidden className="absolute start-0 top-1 text-2xs text-faint">
          {grouped(top)}
        </span>
        <svg
          role="img"
          aria-label={described(samples)}
          viewBox={`0 -4 ${WIDTH} ${HEIGHT + 8}`}
          preserveAspectRatio="none"
          className="size-full overflow-visible"
        >
          <linearGradient id={id} x1="0" y1="0" x2="0" y2="1">
            <stop className="gradient-stop-accent" stopOpacity="0.35" />
            <stop offset="1" className="gradient-stop-accent" stopOpacity="0" />
          </linearGradient>
          <path d={`M0 ${HEIGHT}H${WIDTH}`} {...LINE} className="stroke-line" />
          <path d={`M0 0H${WIDTH}`} {...LINE} strokeDasharray="2 6" className="stroke-line" />
          <path d={reserved.area} fill={`url(#${id})`} />
          <path d={completed.line} {...LINE} strokeWidth="2" className="stroke-success" />
          <path d={reserved.line} {...LINE} strokeWidth="2.5" className="stroke-accent" />
        </svg>
      </div>
      <figcaption aria-hidden className="flex justify-between text-2xs text-faint">
        <span>{CHART.from(MINUTES)}</span>
        <span>{CHART.to}</span>
      </figcaption>
    </figure>
  );
}

function described(samples: readonly Sample[]): string {
  const highest = Math.max(0, ...samples.map(({ reserved }) => reserved));
  const now = samples.at(-1);
  return CHART.label(MINUTES, now?.reserved ?? 0, highest, now?.completed ?? 0);
}
