import { classes } from '@/lib/classes';

const MOST_DOTS = 16;

interface LineBarProps {
  position: number;
  length: number;
}

/** The line as dots, the front first. The shopper's own is lit. A long line is cut behind the shopper. */
export function LineBar({ position, length }: LineBarProps) {
  if (length === 1 || position > MOST_DOTS) return null;
  return (
    <div aria-hidden className="flex h-3 items-center gap-1">
      {Array.from({ length: Math.min(length, MOST_DOTS) }, (_, before) => (
        <span key={before} className={classes('rounded-full', lookOf(before + 1, position))} />
      ))}
      {length > MOST_DOTS && <span className="text-2xs text-muted">…</span>}
    </div>
  );
}

function lookOf(place: number, own: number): string {
  if (place === own) return 'bar-lit size-3 bg-linear-to-r from-ember to-amber rtl:bg-linear-to-l';
  return place < own ? 'bar-track size-2 bg-edge' : 'bar-track size-2 border border-edge';
}
