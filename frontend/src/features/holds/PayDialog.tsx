import { Dialog } from '@/components/Dialog';
import { refusedAs, useComplete } from '@/data/actions';
import { paymentOf, payments } from '@/data/payments';
import type { HoldDialogProps } from '@/features/holds/GiveBackDialog';
import { Paid } from '@/features/holds/Paid';
import { PayForm } from '@/features/holds/PayForm';
import { phaseAt } from '@/features/holds/phase';
import { Refunded, TooLate } from '@/features/holds/TooLate';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** The mock payment: form, success, too late, or in vain. */
export function PayDialog({ hold, onClose, onSettled }: HoldDialogProps) {
  const complete = useComplete();
  const payment = paymentOf(useStore(payments), hold.id);
  const lapsed = useServerTime((now) => phaseAt(hold, now) === 'lapsed');
  const paid = complete.data;
  // a payment on its way, or without an answer, may have been in time
  const tooLate = lapsed && !payment;
  const over = paid !== undefined || tooLate || payment?.toRefund === true;
  return (
    <Dialog title={`Pay for ${hold.productName}`} onClose={over ? onSettled : onClose}>
      {paid && <Paid paid={paid} onDone={onSettled} />}
      {!paid && payment?.toRefund && <Refunded reference={payment.reference} onDone={onSettled} />}
      {!paid && tooLate && (
        <TooLate declined={refusedAs(complete.error, 'payment-declined')} onDone={onSettled} />
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
