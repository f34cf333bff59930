import { TimerOff, X } from 'lucide-react';

import type { Reservation } from '@/api/types';

interface LapsedCardProps {
  hold: Reservation;
  /** In a view of its own. */
  roomy: boolean;
  onDismiss: () => void;
}

/** A hold that has just lapsed: says so, and that nothing was charged. */
export function LapsedCard({ hold, roomy, onDismiss }: LapsedCardProps) {
  const Heading = roomy ? 'h2' : 'h3';
  return (
    <li className="panel flex items-start gap-3 p-4">
      <TimerOff aria-hidden className="mt-0.5 size-5 shrink-0 text-rose" />
      <div className="grow">
        <Heading className="leading-snug font-semibold">{hold.productName}</Heading>
        <p className="text-sm text-muted">Expired. Nothing was charged, and it is on sale again.</p>
      </div>
      <button
        type="button"
        onClick={onDismiss}
        className="-m-2 grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-line hover:text-ink"
      >
        <X aria-hidden className="size-4" />
        <span className="sr-only">Dismiss {hold.productName}</span>
      </button>
    </li>
  );
}
