import { classes } from '@/lib/classes';

const MOST_SEGMENTS = 40;
const OWN = 'border border-accent bg-accent-tint';

interface StockBarProps {
  left: number;
  total: number;
  low: boolean;
  /** Units that the shopper holds. They are drawn hollow. */
  own: number;
}

/** Available stock as a bar: one segment a unit, or a single bar if there are too many units. */
export function StockBar({ left, total, low, own }: StockBarProps) {
  const lit = low ? 'bar-lit bg-low-stock' : 'bar-lit bg-linear-to-r from-ember to-amber rtl:bg-linear-to-l';
  if (total > MOST_SEGMENTS) return <Bar fraction={left / total} lit={lit} />;
  return (
    <div aria-hidden className="flex h-2 gap-[3px]">
      {Array.from({ length: total }, (_, unit) => (
        <span
          key={unit}
          className={classes(
            'h-full flex-1 rounded-full transition-all duration-500 ease-out-soft',
            unit < left ? lit : unit < left + own ? OWN : 'bar-track scale-y-50 bg-edge',
          )}
        />
      ))}
    </div>
  );
}

function Bar({ fraction, lit }: { fraction: number; lit: string }) {
  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bar-track bg-line">
      <div
        className={classes(
          'h-full origin-left rtl:origin-right rounded-full transition-transform duration-500 ease-out-soft',
          lit,
        )}
        style={{ transform: `scaleX(${fraction})` }}
      />
    </div>
  );
}
