import { TimerOff, X } from 'lucide-react';

import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { paymentOf, pendingPayments, type Payment } from '@/data/pendingPayments';
import { moveFocusTo } from '@/lib/focus';
import { useStore } from '@/lib/store';

interface LapsedCardProps {
  hold: Reservation;
  /** In the holds view. */
  roomy: boolean;
  onDismiss: () => void;
  /** Send the payment again to learn its result. */
  onRepeatPayment: () => void;
}

/** A hold that has lapsed, and what happened to a payment for it. */
export function LapsedCard({ hold, roomy, onDismiss, onRepeatPayment }: LapsedCardProps) {
  const payment = paymentOf(useStore(pendingPayments), hold.id);
  const Heading = roomy ? 'h2' : 'h3';
  return (
    <li className="panel flex items-start gap-3 p-4">
      <TimerOff aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <Heading className="leading-snug font-semibold">{hold.productName}</Heading>
        <p className="text-sm break-words text-muted">{lapseText(payment)}</p>
        {payment && !payment.toRefund && (
          <Button className="mt-3" onClick={onRepeatPayment}>
            Send the payment again<span className="sr-only"> for {hold.productName}</span>
          </Button>
        )}
        {!payment && (
          <Button
            className="mt-3"
            onClick={() => {
              moveFocusTo(`reserve-${hold.productId}`, { view: '', show: '', status: '' });
            }}
          >
            Reserve again<span className="sr-only">: {hold.productName}</span>
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

function lapseText(payment: Payment | undefined): string {
  if (!payment) return 'Expired. You have not been charged. The unit is on sale again.';
  if (!payment.toRefund) return 'Expired before the shop answered your payment.';
  return `You paid after it had expired and no unit was left. You will be refunded: ${payment.reference}`;
}
