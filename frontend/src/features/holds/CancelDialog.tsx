import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { useCancel } from '@/data/actions';
import { ActionError } from '@/features/holds/ActionError';
import { showToast } from '@/lib/toasts';

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
        showToast('Hold cancelled', `${hold.productName} is on sale again. You have not been charged.`);
        onSettled();
      },
    });
  };
  return (
    <Dialog title={`Cancel your hold on ${hold.productName}?`} onClose={onClose}>
      <h2 className="text-2xl font-semibold">Cancel your hold on {hold.productName}?</h2>
      <p className="mt-3 text-muted">Other shoppers can reserve it at once. This cannot be undone.</p>
      <div className="mt-4">
        <ActionError error={cancel.error} action="cancel" />
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>Keep hold</Button>
        <Button look="danger" pending={cancel.isPending} onClick={confirm}>
          Cancel hold
        </Button>
      </div>
    </Dialog>
  );
}
