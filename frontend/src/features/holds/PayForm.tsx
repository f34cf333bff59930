import { FlaskConical } from 'lucide-react';
import { useRef, useState, type RefObject, type SyntheticEvent } from 'react';

import { Unavailable } from '@/api/errors';
import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { ExtendButton } from '@/features/holds/ExtendButton';
import { HoldDial } from '@/features/holds/HoldDial';
import { AddedTime } from '@/features/holds/AddedTime';
import { phaseAt } from '@/data/holdPhase';
import { useMoney } from '@/data/products';
import { ActionError } from '@/features/holds/ActionError';
import { TEST_CARDS, TestCards, type TestCard } from '@/features/holds/TestCards';
import { useExtension } from '@/features/holds/useExtension';
import { useServerTime } from '@/lib/ticker';
import { NOT_YET } from '@/texts/controls';
import { HOLDS } from '@/texts/holds';
import { PAYMENT } from '@/texts/payment';

interface PayFormProps {
  hold: Reservation;
  pending: boolean;
  error: Error | null;
  /** An earlier attempt was not answered and must be repeated with the same reference. */
  unanswered: boolean;
  onPay: (card: TestCard) => void;
  onClose: () => void;
}

/** The mock payment form with two test cards, one of which is declined. */
export function PayForm({ hold, pending, error, unanswered, onPay, onClose }: PayFormProps) {
  const money = useMoney(hold.productId);
  const [card, setCard] = useState<TestCard>(TEST_CARDS[0]);
  const heading = useRef<HTMLHeadingElement>(null);
  const extension = useExtension(hold, () => {
    focusOnText(heading.current);
  });
  const pay = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!pending) onPay(card);
  };
  return (
    <form onSubmit={pay} className="flex flex-col gap-5">
      <Heading hold={hold} focusable={heading} />
      <ExtendButton extension={extension} name={hold.productName} />
      <TestCards card={card} onChange={setCard} disabled={unanswered} />
      <p className="flex gap-2.5 text-sm text-muted">
        <FlaskConical aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
        {PAYMENT.demonstration}
      </p>
      <ActionError error={error ?? (unanswered && !pending ? NO_ANSWER_YET : null)} action="complete" />
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="ember" className="grow" pending={pending}>
          {HOLDS.payAmount(money(hold.unitPrice * hold.quantity))}
        </Button>
        <Button look="quiet" onClick={onClose}>
          {NOT_YET}
        </Button>
      </div>
    </form>
  );
}

const NO_ANSWER_YET = new Unavailable();

/** Set the tabindex now: an element that has one when the dialog opens would take the focus before the cards. */
function focusOnText(heading: HTMLElement | null): void {
  heading?.setAttribute('tabindex', '-1');
  heading?.focus();
}

interface HeadingProps {
  hold: Reservation;
  focusable: RefObject<HTMLHeadingElement | null>;
}

function Heading({ hold, focusable }: HeadingProps) {
  const money = useMoney(hold.productId);
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  return (
    <div className="flex items-center justify-between gap-4">
      <div>
        <h2 ref={focusable} className="text-2xl font-semibold">
          {PAYMENT.title(hold.productName)}
        </h2>
        <p className="mt-1 text-muted">
          {hold.quantity} × {money(hold.unitPrice)}
        </p>
      </div>
      <div className="relative">
        <HoldDial hold={hold} urgent={urgent} />
        <AddedTime expiresAt={hold.expiresAt} />
      </div>
    </div>
  );
}
