import { useState } from 'react';
import { flushSync } from 'react-dom';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { Timestamp } from '@/components/Timestamp';
import { ConfirmDialog } from '@/desk/ConfirmDialog';
import { settleRefund } from '@/desk/deskApi';
import { useAction } from '@/desk/queries';
import type { Refund } from '@/desk/types';
import { toView } from '@/desk/views';
import { focusOn } from '@/lib/focus';
import { money } from '@/lib/numbers';
import { showToast } from '@/lib/toasts';
import { RESERVATION } from '@/desk/texts/holds';
import { REFUND } from '@/desk/texts/refunds';
import { NOT_YET } from '@/texts/controls';
import { ofName } from '@/texts/names';

/** A payment to give back, or one that was given back. */
export function RefundRow({ refund }: { refund: Refund }) {
  const [asking, setAsking] = useState(false);
  const { amount, currency, paymentReference, reservationId, recordedAt, settledAt, settledBy } = refund;
  return (
    <li className="panel flex flex-wrap items-center gap-x-6 gap-y-3 p-4 sm:px-5">
      <p className="min-w-24 font-display text-2xl font-bold tracking-tight">{money(amount, currency)}</p>
      <div className="min-w-0 grow basis-64">
        <h2 className="font-mono text-sm font-semibold break-all">{paymentReference}</h2>
        <AppLink
          to={{ ...toView('holds'), id: reservationId }}
          className="inline-flex min-h-6 items-center text-sm text-accent underline underline-offset-4"
        >
          {RESERVATION.name}
          <span className="sr-only">{ofName(paymentReference)}</span>
        </AppLink>
      </div>
      <p className="text-sm text-muted sm:text-end">
        {REFUND.recorded(<Timestamp at={recordedAt} />)}
        {settledAt && (
          <>
            <br />
            {REFUND.settled(<Timestamp at={settledAt} />, settledBy)}
          </>
        )}
      </p>
      {settledAt === null && (
        <Button
          onClick={() => {
            setAsking(true);
          }}
        >
          {REFUND.settle}
          <span className="sr-only"> {paymentReference}</span>
        </Button>
      )}
      {asking && (
        <SettleDialog
          refund={refund}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

/** Asks before a refund leaves the list: the money must be given back first. */
function SettleDialog({ refund, onClose }: { refund: Refund; onClose: () => void }) {
  const { amount, currency, paymentReference } = refund;
  const action = useAction(() => settleRefund(paymentReference));
  const confirm = () => {
    action.mutate(undefined, {
      onSuccess: () => {
        showToast(REFUND.done, REFUND.doneText(money(amount, currency), paymentReference));
        flushSync(onClose);
        focusOn('refunds'); // its row goes
      },
    });
  };
  return (
    <ConfirmDialog
      title={REFUND.title(money(amount, currency))}
      confirm={REFUND.settle}
      keep={NOT_YET}
      look="ember"
      pending={action.isPending}
      error={action.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{REFUND.text(<code className="break-all text-ink">{paymentReference}</code>)}</p>
    </ConfirmDialog>
  );
}
