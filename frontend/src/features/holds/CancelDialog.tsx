import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { useCancel } from '@/data/actions';
import { ActionError } from '@/features/holds/ActionError';
import { showToast } from '@/lib/toasts';
import { HOLDS } from '@/texts/holds';
import { CANCELLATION } from '@/texts/payment';

export interface HoldDialogProps {
  hold: Reservation;
  onClose: () => void;
  onSettled: () => void;
}

/** Asks before cancelling, because another shopper may reserve the unit at once. The first button keeps the hold. */
export function CancelDialog({ hold, onClose, onSettled }: HoldDialogProps) {
  const cancel = useCancel();
  const confirm = () => {
    cancel.mutate(hold.id, {
      onSuccess: () => {
        showToast(CANCELLATION.done, CANCELLATION.doneText(hold.productName));
        onSettled();
      },
    });
  };
  return (
    <Dialog title={CANCELLATION.title(hold.productName)} onClose={onClose}>
      <h2 className="text-2xl font-semibold">{CANCELLATION.title(hold.productName)}</h2>
      <p className="mt-3 text-muted">{CANCELLATION.text}</p>
      <div className="mt-4">
        <ActionError error={cancel.error} action="cancel" />
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>{CANCELLATION.keep}</Button>
        <Button look="danger" pending={cancel.isPending} onClick={confirm}>
          {HOLDS.cancel}
        </Button>
      </div>
    </Dialog>
  );
}
