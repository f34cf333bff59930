import { Hourglass } from 'lucide-react';

import { countdown } from '@/lib/time';
import { useSecondsUntil } from '@/lib/ticker';
import { NOTES } from '@/texts/card';

/** When a unit of a sold-out product may become available. The shopper who holds it can still pay for it. */
export function ReleaseHint({ nextReleaseAt }: { nextReleaseAt: string | null }) {
  if (nextReleaseAt === null) return <p className="text-sm text-muted">{NOTES.allBought}</p>;
  return (
    <p className="flex items-center gap-2 text-sm text-muted">
      <Hourglass aria-hidden className="size-4 shrink-0 text-accent" />
      <span>{NOTES.nextRelease(<Until instant={nextReleaseAt} />)}</span>
    </p>
  );
}

function Until({ instant }: { instant: string }) {
  const seconds = useSecondsUntil(Date.parse(instant));
  return <strong className="font-semibold text-ink">{countdown(seconds)}</strong>;
}
