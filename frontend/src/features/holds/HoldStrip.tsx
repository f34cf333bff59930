import { Flame } from 'lucide-react';

import type { Reservation } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { useHolds } from '@/data/holds';
import { phaseAt } from '@/features/holds/phase';
import { classes } from '@/lib/classes';
import { countdown } from '@/lib/time';
import { useSecondsUntil, useServerTime } from '@/lib/ticker';

/** Where there is no room for the holds beside the products: the next one to lapse, and the way to it. */
export function HoldStrip() {
  const [next, ...others] = useHolds();
  if (!next) return null;
  return (
    <aside aria-label="Next hold to lapse">
      <Strip hold={next} others={others.length} />
    </aside>
  );
}

function Strip({ hold, others }: { hold: Reservation; others: number }) {
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  const seconds = useSecondsUntil(Date.parse(hold.expiresAt));
  return (
    <AppLink
      to={{ view: 'holds' }}
      className={classes(
        'flex min-h-12 animate-rise items-center gap-3 border-b border-line px-4 text-sm',
        urgent ? 'bg-rose-tint' : 'bg-ember-tint',
      )}
    >
      <Flame aria-hidden className={classes('size-5 shrink-0', urgent ? 'text-rose' : 'text-glow')} />
      <span className="min-w-0 grow truncate font-semibold">
        {hold.productName}
        {others > 0 && <span className="text-muted"> and {others} more</span>}
      </span>
      <span className="font-display text-lg font-bold">{countdown(seconds)}</span>
      <span className="font-semibold text-glow">Pay</span>
    </AppLink>
  );
}
