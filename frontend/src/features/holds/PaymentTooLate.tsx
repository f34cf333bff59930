import { ReceiptText, TimerOff } from 'lucide-react';

import { Button } from '@/components/Button';
import { PaymentResult } from '@/features/holds/PaymentResult';
import { PAYMENT } from '@/texts/payment';

const PICTURE = 'grid size-20 place-items-center rounded-full bg-error-tint text-error';

interface PaymentTooLateProps {
  declined: boolean;
  onDone: () => void;
}

/** The hold lapsed before a payment was sent. */
export function PaymentTooLate({ declined, onDone }: PaymentTooLateProps) {
  return (
    <PaymentResult
      picture={
        <span className={PICTURE}>
          <TimerOff aria-hidden className="size-9" />
        </span>
      }
      title={PAYMENT.tooLate.title}
      next={<ToShop onDone={onDone} />}
    >
      <p>
        {declined && PAYMENT.tooLate.declined}
        {PAYMENT.tooLate.text}
      </p>
    </PaymentResult>
  );
}

interface PaymentRefundedProps {
  reference: string;
  onDone: () => void;
}

/** The payment arrived after the lapse and no unit was left. */
export function PaymentRefunded({ reference, onDone }: PaymentRefundedProps) {
  return (
    <PaymentResult
      picture={
        <span className={PICTURE}>
          <ReceiptText aria-hidden className="size-9" />
        </span>
      }
      title={PAYMENT.refunded.title}
      next={<ToShop onDone={onDone} />}
    >
      <p>{PAYMENT.refunded.text}</p>
      <p className="text-sm">
        {PAYMENT.refunded.reference}
        <strong className="mt-1 block rounded-control border border-line bg-ground px-3 py-2 font-mono break-all text-ink select-all">
          {reference}
        </strong>
      </p>
    </PaymentResult>
  );
}

function ToShop({ onDone }: { onDone: () => void }) {
  return (
    <Button look="ember" onClick={onDone}>
      {PAYMENT.toShop}
    </Button>
  );
}
