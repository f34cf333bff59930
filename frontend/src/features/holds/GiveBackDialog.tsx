import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { useCancel } from '@/data/actions';
import { SettleError } from '@/features/holds/SettleError';
import { showToast } from '@/lib/toasts';

export interface HoldDialogProps {
  hold: Reservation;
  onClose: () => void;
  onSettled: () => void;
}

/** Giving back cannot be undone, because the next shopper may take the unit at once. So it is asked, safe answer first. */
export function GiveBackDialog({ hold, onClose, onSettled }: HoldDialogProps) {
  const cancel = useCancel();
  const giveBack = () => {
    cancel.mutate(hold.id, {
      onSuccess: () => {
        showToast('Given back', `${hold.productName} is on sale again. Nothing was charged.`);
        onSettled();
      },
    });
  };
  return (
    <Dialog title={`Give back ${hold.productName}?`} onClose={onClose}>
      <h2 className="text-2xl font-semibold">Give back {hold.productName}?</h2>
      <p className="mt-3 text-muted">
        It goes on sale again at once, and somebody else may take it. This cannot be undone.
      </p>
      <div className="mt-4">
        <SettleError error={cancel.error} />
      </div>
      <div className="mt-6 flex flex-wrap justify-end gap-3">
        <Button onClick={onClose}>Keep holding</Button>
        <Button look="danger" pending={cancel.isPending} onClick={giveBack}>
          Give back
        </Button>
      </div>
    </Dialog>
  );
}
