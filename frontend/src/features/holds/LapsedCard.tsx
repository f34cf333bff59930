import { TimerOff, X } from 'lucide-react';

import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { paymentOf, payments, type Payment } from '@/data/payments';
import { useStore } from '@/lib/store';

interface LapsedCardProps {
  hold: Reservation;
  /** In a view of its own. */
  roomy: boolean;
  onDismiss: () => void;
  /** Find out what became of the payment. */
  onAsk: () => void;
}

/** A hold that has lapsed: says so, and what that means for the money. */
export function LapsedCard({ hold, roomy, onDismiss, onAsk }: LapsedCardProps) {
  const payment = paymentOf(useStore(payments), hold.id);
  const Heading = roomy ? 'h2' : 'h3';
  return (
    <li className="panel flex items-start gap-3 p-4">
      <TimerOff aria-hidden className="mt-0.5 size-5 shrink-0 text-rose" />
      <div className="min-w-0 grow">
        <Heading className="leading-snug font-semibold">{hold.productName}</Heading>
        <p className="text-sm break-words text-muted">{meaning(payment)}</p>
        {payment && !payment.toRefund && (
          <Button className="mt-3" onClick={onAsk}>
            Ask for the answer<span className="sr-only"> about {hold.productName}</span>
          </Button>
        )}
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

function meaning(payment: Payment | undefined): string {
  if (!payment) return 'Expired. Nothing was charged, and it is on sale again.';
  if (!payment.toRefund) return 'Expired while your payment was on its way, which had no answer yet.';
  return `Paid after it had expired, when nothing was left. It will be refunded: ${payment.reference}`;
}
