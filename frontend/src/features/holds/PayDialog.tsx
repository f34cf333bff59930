import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import type { HoldDialogProps } from '@/features/holds/GiveBackDialog';
import { PayForm } from '@/features/holds/PayForm';
import { Paid } from '@/features/holds/Paid';
import { phaseAt } from '@/features/holds/phase';
import { useComplete } from '@/data/actions';
import { useServerTime } from '@/lib/ticker';

/** The mock payment: form, success, or too late. */
export function PayDialog({ hold, onClose, onSettled }: HoldDialogProps) {
  const complete = useComplete();
  const lapsed = useServerTime((now) => phaseAt(hold, now) === 'lapsed');
  const paid = complete.isSuccess;
  const title = `Pay for ${hold.productName}`;
  return (
    <Dialog title={title} onClose={paid ? onSettled : onClose}>
      {paid && <Paid hold={hold} onDone={onSettled} />}
      {!paid && lapsed && <TooLate onDone={onSettled} />}
      {!paid && !lapsed && (
        <PayForm
          hold={hold}
          pending={complete.isPending}
          error={complete.error}
          onPay={() => {
            complete.mutate(hold.id);
          }}
          onClose={onClose}
        />
      )}
    </Dialog>
  );
}

function TooLate({ onDone }: { onDone: () => void }) {
  return (
    <>
      <h2 className="text-2xl font-semibold">The hold has expired</h2>
      <p className="mt-3 text-muted">
        Nothing was charged. The unit is on sale again, so you may still be lucky.
      </p>
      <Button look="ember" className="mt-6 w-full" onClick={onDone}>
        Back to the shop
      </Button>
    </>
  );
}
