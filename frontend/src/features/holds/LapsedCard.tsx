import { TimerOff, X } from 'lucide-react';

import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { cooldownOf, knownRefusals } from '@/data/knownRefusals';
import { useObstacle } from '@/data/obstacle';
import { paymentOf, pendingPayments, type Payment } from '@/data/pendingPayments';
import { moveFocusTo } from '@/lib/focus';
import { useStore } from '@/lib/store';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';

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
  const obstacle = useObstacle(hold.productId);
  const Heading = roomy ? 'h2' : 'h3';
  return (
    <li className="panel flex items-start gap-3 p-4">
      <TimerOff aria-hidden className="mt-0.5 size-5 shrink-0 text-muted" />
      <div className="min-w-0 grow">
        <Heading className="leading-snug font-semibold">{hold.productName}</Heading>
        <p className="text-sm break-words text-muted">
          {payment ? paymentText(payment) : <LapseText productId={hold.productId} obstacle={obstacle} />}
        </p>
        {payment && !payment.toRefund && (
          <Button className="mt-3" onClick={onRepeatPayment}>
            Send the payment again<span className="sr-only"> for {hold.productName}</span>
          </Button>
        )}
        {!payment && (obstacle === null || obstacle === 'sold-out') && (
          <Button
            className="mt-3"
            onClick={() => {
              moveFocusTo(`reserve-${hold.productId}`, { view: '', show: '', status: '' });
            }}
          >
            {obstacle === null ? 'Reserve again' : 'Waiting list'}
            <span className="sr-only">: {hold.productName}</span>
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

/** Why the product cannot be reserved again now. */
const OBSTACLES = {
  gone: 'The shop does not sell it any more.',
  upcoming: 'The sale is not open.',
  opening: 'The sale is about to open.',
  paused: 'The sale is paused.',
  over: 'The sale has ended.',
  limit: 'You have as many as one shopper can have.',
  'sold-out': 'It is sold out now.',
  holds: 'Pay or cancel one of your holds to reserve it again.',
};

function LapseText({ productId, obstacle }: { productId: string; obstacle: ReturnType<typeof useObstacle> }) {
  return (
    <>
      Expired. You have not been charged. {obstacle === null && 'The unit is on sale again.'}
      {obstacle === 'cooling' && <RetryTime productId={productId} />}
      {obstacle !== null && obstacle !== 'cooling' && OBSTACLES[obstacle]}
    </>
  );
}

function RetryTime({ productId }: { productId: string }) {
  const known = useStore(knownRefusals);
  const seconds = useServerTime((now) => secondsUntil(cooldownOf(known, productId, now)?.until ?? now, now));
  return <>You can reserve it again in {countdown(seconds)}.</>;
}

function paymentText(payment: Payment): string {
  if (!payment.toRefund) return 'Expired before the shop answered your payment.';
  return `You paid after it had expired and no unit was left. You will be refunded: ${payment.reference}`;
}
