import type { Reservation } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { PaymentResult } from '@/features/holds/PaymentResult';
import { useMoney } from '@/data/products';
import { times } from '@/texts/holds';
import { PAYMENT } from '@/texts/payment';

interface PaymentSucceededProps {
  /** The completed reservation. It is not the hold's own if the hold had lapsed. */
  paid: Reservation;
  onDone: () => void;
}

/** The payment succeeded. */
export function PaymentSucceeded({ paid, onDone }: PaymentSucceededProps) {
  const money = useMoney(paid.productId);
  const { quantity, productName, unitPrice, replaces } = paid;
  return (
    <PaymentResult picture={<Tick />} title={PAYMENT.done.title} next={<Next onDone={onDone} />}>
      {replaces !== null && <p className="font-semibold text-ink">{PAYMENT.done.replaced}</p>}
      <p>{PAYMENT.done.text(times(quantity, productName), money(unitPrice * quantity))}</p>
    </PaymentResult>
  );
}

function Tick() {
  return (
    <svg viewBox="0 0 96 96" aria-hidden className="size-24 text-success" fill="none" stroke="currentColor">
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
        {PAYMENT.done.keepShopping}
      </Button>
      <AppLink
        to={{ view: 'history' }}
        className="inline-flex min-h-11 items-center rounded-control border border-edge px-4 font-semibold hover:border-accent"
      >
        {PAYMENT.done.seeHistory}
      </AppLink>
    </>
  );
}
