import { useId } from 'react';

import { ceiling, curve, HEIGHT, WIDTH, type Figure } from '@/desk/chart';
import { CHART_MS, type Sample } from '@/desk/rates';
import { classes } from '@/lib/classes';
import { grouped } from '@/lib/numbers';

export const CHART_MINUTES = CHART_MS / 60_000;

const LINE = {
  fill: 'none',
  vectorEffect: 'non-scaling-stroke',
  strokeLinecap: 'round',
  strokeLinejoin: 'round',
} as const;
const STROKES: Record<Figure, string> = {
  reserved: 'stroke-accent',
  completed: 'stroke-success',
  refused: 'stroke-low-stock',
};

interface SparklineProps {
  samples: readonly Sample[];
  /** The last one is drawn over the others. */
  figures: readonly Figure[];
  /** The figure whose line has a coloured area below it. */
  filled?: Figure;
  /** What a screen reader says of the chart. */
  label: string;
  className: string;
}

/** Figures over the last minutes that this page has seen. */
export function Sparkline({ samples, figures, filled, label, className }: SparklineProps) {
  const id = useId();
  const top = ceiling(samples, figures);
  return (
    <div className={classes('relative', className)}>
      <span aria-hidden className="absolute start-0 top-1 text-2xs text-faint">
        {grouped(top)}
      </span>
      <svg
        role="img"
        aria-label={label}
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
        {filled && <path d={curve(samples, filled, top).area} fill={`url(#${id})`} />}
        {figures.map((figure) => (
          <path
            key={figure}
            d={curve(samples, figure, top).line}
            {...LINE}
            strokeWidth={figure === filled ? 2.5 : 2}
            className={STROKES[figure]}
          />
        ))}
      </svg>
    </div>
  );
}
