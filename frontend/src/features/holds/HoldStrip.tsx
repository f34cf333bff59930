import { Flame } from 'lucide-react';

import type { Reservation } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { openPayment } from '@/data/holdDialog';
import { useHolds } from '@/data/holds';
import { phaseAt } from '@/data/holdPhase';
import { classes } from '@/lib/classes';
import { countdown } from '@/lib/time';
import { useSecondsUntil, useServerTime } from '@/lib/ticker';
import { andMore } from '@/texts/drops';
import { HOLDS } from '@/texts/holds';
import { forName } from '@/texts/names';

/** The next hold to lapse, for screens too narrow to show the holds beside the products. */
export function HoldStrip() {
  const [next, ...others] = useHolds();
  if (!next) return null;
  return (
    <aside aria-label={HOLDS.next}>
      <Strip hold={next} others={others.length} />
    </aside>
  );
}

function Strip({ hold, others }: { hold: Reservation; others: number }) {
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  const seconds = useSecondsUntil(Date.parse(hold.expiresAt));
  return (
    <div
      className={classes(
        'flex min-h-12 animate-rise items-center gap-3 border-b border-line px-4 text-sm',
        urgent ? 'bg-urgent-tint' : 'bg-accent-tint',
      )}
    >
      <AppLink to={{ view: 'holds' }} className="flex min-h-12 min-w-0 grow items-center gap-3">
        <Flame aria-hidden className={classes('size-5 shrink-0', urgent ? 'text-urgent' : 'text-accent')} />
        <span className="min-w-0 grow truncate font-semibold">
          <bdi>{hold.productName}</bdi>
          {others > 0 && <span className="text-muted">{andMore(others)}</span>}
        </span>
        <span className="font-display text-lg font-bold">{countdown(seconds)}</span>
      </AppLink>
      <Button
        look="ember"
        onClick={() => {
          openPayment(hold);
        }}
      >
        {HOLDS.pay}
        <span className="sr-only">{forName(hold.productName)}</span>
      </Button>
    </div>
  );
}
