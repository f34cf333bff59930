import { FlaskConical } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';

import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { HoldDial } from '@/features/holds/HoldDial';
import { phaseAt } from '@/features/holds/phase';
import { SettleError } from '@/features/holds/SettleError';
import { TEST_CARDS, TestCards, type TestCard } from '@/features/holds/TestCards';
import { money } from '@/lib/money';
import { useServerTime } from '@/lib/ticker';

interface PayFormProps {
  hold: Reservation;
  pending: boolean;
  error: Error | null;
  onPay: () => void;
  onClose: () => void;
}

/** A payment that is honest about being none: two test cards, one of which is declined. */
export function PayForm({ hold, pending, error, onPay, onClose }: PayFormProps) {
  const [card, setCard] = useState<TestCard>(TEST_CARDS[0]);
  const [declined, setDeclined] = useState(false);
  const pay = (event: SyntheticEvent) => {
    event.preventDefault();
    setDeclined(!card.works);
    if (card.works && !pending) onPay();
  };
  return (
    <form onSubmit={pay} className="flex flex-col gap-5">
      <Heading hold={hold} />
      <TestCards card={card} onChange={setCard} />
      <p className="flex gap-2.5 text-sm text-muted">
        <FlaskConical aria-hidden className="mt-0.5 size-4 shrink-0 text-glow" />A demonstration: no card is
        charged and nothing you choose here leaves this page.
      </p>
      <div>
        <p role="alert" className="text-sm font-semibold text-rose empty:hidden">
          {declined && 'Card declined. Your hold goes on; choose the other card.'}
        </p>
        <SettleError error={error} />
      </div>
      <div className="flex flex-wrap gap-3">
        <Button type="submit" look="ember" className="grow" pending={pending}>
          Pay {money(hold.unitPrice * hold.quantity)}
        </Button>
        <Button look="quiet" onClick={onClose}>
          Not yet
        </Button>
      </div>
    </form>
  );
}

function Heading({ hold }: { hold: Reservation }) {
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  return (
    <div className="flex items-center justify-between gap-4">
      <div>
        <h2 className="text-2xl font-semibold">Pay for {hold.productName}</h2>
        <p className="mt-1 text-muted">
          {hold.quantity} × {money(hold.unitPrice)}
        </p>
      </div>
      <HoldDial hold={hold} urgent={urgent} />
    </div>
  );
}
