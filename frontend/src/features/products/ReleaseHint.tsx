import { Hourglass } from 'lucide-react';

import { countdown } from '@/lib/time';
import { useSecondsUntil } from '@/lib/ticker';

/** When a sold-out product may have a unit again. "May": whoever holds it can still pay. */
export function ReleaseHint({ nextReleaseAt }: { nextReleaseAt: string | null }) {
  if (nextReleaseAt === null) return <p className="text-sm text-muted">Every unit has been bought.</p>;
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <Hourglass aria-hidden className="size-4 shrink-0 text-glow" />
      <span>
        Next unit may be released in <Until instant={nextReleaseAt} />
      </span>
    </p>
  );
}

function Until({ instant }: { instant: string }) {
  const seconds = useSecondsUntil(Date.parse(instant));
  return <strong className="font-semibold text-ink">{countdown(seconds)}</strong>;
}
