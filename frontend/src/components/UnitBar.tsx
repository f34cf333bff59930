import { classes } from '@/lib/classes';

const MOST_SEGMENTS = 40;

interface UnitBarProps {
  left: number;
  total: number;
  low: boolean;
}

/** Every unit a segment, lit while it can be reserved; one bar where there are too many to tell apart. */
export function UnitBar({ left, total, low }: UnitBarProps) {
  const lit = low ? 'bg-rose' : 'bg-linear-to-r from-ember to-amber';
  if (total > MOST_SEGMENTS) return <Bar fraction={left / total} lit={lit} />;
  return (
    <div aria-hidden className="flex h-2 gap-[3px]">
      {Array.from({ length: total }, (_, unit) => (
        <span
          key={unit}
          className={classes(
            'h-full flex-1 rounded-full transition-all duration-500 ease-out-soft',
            unit < left ? lit : 'scale-y-50 bg-edge',
          )}
        />
      ))}
    </div>
  );
}

function Bar({ fraction, lit }: { fraction: number; lit: string }) {
  return (
    <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
      <div
        className={classes(
          'h-full origin-left rounded-full transition-transform duration-500 ease-out-soft',
          lit,
        )}
        style={{ transform: `scaleX(${fraction})` }}
      />
    </div>
  );
}
