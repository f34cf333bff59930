import { useEffect, useRef } from 'react';

import type { Reservation } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { money } from '@/lib/money';

/** It is theirs. */
export function Paid({ hold, onDone }: { hold: Reservation; onDone: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    heading.current?.focus();
  }, []);
  return (
    <div className="flex flex-col items-center text-center">
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
      <h2 ref={heading} tabIndex={-1} className="mt-4 text-2xl font-semibold">
        It is yours
      </h2>
      <p className="mt-2 text-muted">
        {hold.quantity} × {hold.productName}, {money(hold.unitPrice * hold.quantity)} paid in play money.
      </p>
      <div className="mt-6 flex flex-wrap justify-center gap-3">
        <Button look="ember" onClick={onDone}>
          Keep shopping
        </Button>
        <AppLink
          to={{ view: 'history' }}
          className="inline-flex min-h-11 items-center rounded-control border border-edge px-4 font-semibold hover:border-glow"
        >
          See history
        </AppLink>
      </div>
    </div>
  );
}
