import { ReceiptText, TimerOff } from 'lucide-react';

import { Button } from '@/components/Button';
import { Outcome } from '@/features/holds/Outcome';

const PICTURE = 'grid size-20 place-items-center rounded-full bg-rose-tint text-rose';

interface TooLateProps {
  declined: boolean;
  onDone: () => void;
}

/** The hold lapsed before anything was paid. */
export function TooLate({ declined, onDone }: TooLateProps) {
  return (
    <Outcome
      picture={
        <span className={PICTURE}>
          <TimerOff aria-hidden className="size-9" />
        </span>
      }
      title="The hold has expired"
      next={<ToShop onDone={onDone} />}
    >
      <p>
        {declined ? 'Your card was declined, and nothing was charged.' : 'Nothing was charged.'} The unit is
        on sale again, so you may still be lucky.
      </p>
    </Outcome>
  );
}

interface RefundedProps {
  reference: string;
  onDone: () => void;
}

/** It was paid when nothing was left to be had for it. */
export function Refunded({ reference, onDone }: RefundedProps) {
  return (
    <Outcome
      picture={
        <span className={PICTURE}>
          <ReceiptText aria-hidden className="size-9" />
        </span>
      }
      title="Your money comes back"
      next={<ToShop onDone={onDone} />}
    >
      <p>Your payment arrived after the hold lapsed and nothing is left. It will be refunded.</p>
      <p className="text-sm">
        Payment reference
        <strong className="mt-1 block rounded-control border border-line bg-ground px-3 py-2 font-mono break-all text-ink select-all">
          {reference}
        </strong>
      </p>
    </Outcome>
  );
}

function ToShop({ onDone }: { onDone: () => void }) {
  return (
    <Button look="ember" onClick={onDone}>
      Back to the shop
    </Button>
  );
}
