import { Dialog } from '@/components/Dialog';
import { isRefusedAs, useComplete } from '@/data/actions';
import { paymentOf, pendingPayments } from '@/data/pendingPayments';
import type { HoldDialogProps } from '@/features/holds/CancelDialog';
import { PaymentSucceeded } from '@/features/holds/PaymentSucceeded';
import { PayForm } from '@/features/holds/PayForm';
import { phaseAt } from '@/data/holdPhase';
import { PaymentRefunded, PaymentTooLate } from '@/features/holds/PaymentTooLate';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';
import { PAYMENT } from '@/texts/payment';

/** The mock payment: a form, then its result. */
export function PayDialog({ hold, onClose, onSettled }: HoldDialogProps) {
  const complete = useComplete();
  const payment = paymentOf(useStore(pendingPayments), hold.id);
  const lapsed = useServerTime((now) => phaseAt(hold, now) === 'lapsed');
  const paid = complete.data;
  // A payment that has not been answered may have been in time.
  const tooLate = lapsed && !payment;
  const over = paid !== undefined || tooLate || payment?.toRefund === true;
  return (
    <Dialog title={PAYMENT.title(hold.productName)} onClose={over ? onSettled : onClose}>
      {paid && <PaymentSucceeded paid={paid} onDone={onSettled} />}
      {!paid && payment?.toRefund && <PaymentRefunded reference={payment.reference} onDone={onSettled} />}
      {!paid && tooLate && (
        <PaymentTooLate declined={isRefusedAs(complete.error, 'payment-declined')} onDone={onSettled} />
      )}
      {!over && (
        <PayForm
          hold={hold}
          pending={complete.isPending}
          error={complete.error}
          unanswered={payment !== undefined}
          onPay={({ prefix }) => {
            complete.mutate({ id: hold.id, prefix });
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}
