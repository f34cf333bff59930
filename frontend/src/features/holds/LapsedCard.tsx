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
import { CARD, NOTES } from '@/texts/card';
import { LAPSED, LAPSED_OBSTACLES } from '@/texts/lapsed';
import { UNIT_ON_SALE } from '@/texts/sentences';
import { forName, colonName } from '@/texts/names';

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
        <Heading className="leading-snug font-semibold">
          <bdi>{hold.productName}</bdi>
        </Heading>
        <p className="text-sm break-words text-muted">
          {payment ? paymentText(payment) : <LapseText productId={hold.productId} obstacle={obstacle} />}
        </p>
        {payment && !payment.toRefund && (
          <Button className="mt-3" onClick={onRepeatPayment}>
            {LAPSED.repeatPayment}
            <span className="sr-only">{forName(hold.productName)}</span>
          </Button>
        )}
        {!payment && (obstacle === null || obstacle === 'sold-out') && (
          <Button
            className="mt-3"
            onClick={() => {
              moveFocusTo(`reserve-${hold.productId}`, { view: '', show: '', status: '' });
            }}
          >
            {obstacle === null ? CARD.reserveAgain : LAPSED.toWaitingList}
            <span className="sr-only">{colonName(hold.productName)}</span>
          </Button>
        )}
      </div>
      <button
        type="button"
        onClick={onDismiss}
        className="-m-2 grid size-11 shrink-0 place-items-center rounded-control text-muted hover:bg-line hover:text-ink"
      >
        <X aria-hidden className="size-4" />
        <span className="sr-only">{LAPSED.dismiss(hold.productName)}</span>
      </button>
    </li>
  );
}

function LapseText({ productId, obstacle }: { productId: string; obstacle: ReturnType<typeof useObstacle> }) {
  return (
    <>
      {LAPSED.text} {obstacle === null && UNIT_ON_SALE}
      {obstacle === 'cooling' && <RetryTime productId={productId} />}
      {obstacle !== null && obstacle !== 'cooling' && LAPSED_OBSTACLES[obstacle]}
    </>
  );
}

function RetryTime({ productId }: { productId: string }) {
  const known = useStore(knownRefusals);
  const seconds = useServerTime((now) => secondsUntil(cooldownOf(known, productId, now)?.until ?? now, now));
  return NOTES.againIn(countdown(seconds));
}

const paymentText = ({ toRefund, reference }: Payment) =>
  toRefund ? LAPSED.refunded(reference) : LAPSED.unanswered;
