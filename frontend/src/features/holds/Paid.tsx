import type { Reservation } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { Outcome } from '@/features/holds/Outcome';
import { money } from '@/lib/money';

interface PaidProps {
  /** The purchase: another than the hold that was paid for, where that had lapsed. */
  paid: Reservation;
  onDone: () => void;
}

/** It is theirs. */
export function Paid({ paid, onDone }: PaidProps) {
  const { quantity, productName, unitPrice, replaces } = paid;
  return (
    <Outcome picture={<Tick />} title="It is yours" next={<Next onDone={onDone} />}>
      {replaces !== null && (
        <p className="font-semibold text-ink">Your hold had lapsed, but we could still get it for you.</p>
      )}
      <p>
        {quantity} × {productName}, {money(unitPrice * quantity)} paid in play money.
      </p>
    </Outcome>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 96 96" aria-hidden className="size-24 text-mint" fill="none" stroke="currentColor">
      <circle cx="48" cy="48" r="42" strokeWidth="4" className="opacity-25" />
      <path
        d="m30 50 13 13 24-28"
        pathLength={1}
        strokeDasharray="1"
        strokeWidth="7"
        strokeLinecap="round"
        strokeLinejoin="round"
        className="animate-strike"
      />
    </svg>
  );
}

function Next({ onDone }: { onDone: () => void }) {
  return (
    <>
      <Button look="ember" onClick={onDone}>
        Keep shopping
      </Button>
      <AppLink
        to={{ view: 'history' }}
        className="inline-flex min-h-11 items-center rounded-control border border-edge px-4 font-semibold hover:border-glow"
      >
        See history
      </AppLink>
    </>
  );
}
