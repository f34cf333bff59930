import { flushSync } from 'react-dom';

import { ConfirmDialog } from '@/desk/ConfirmDialog';
import { release } from '@/desk/deskApi';
import { useAction } from '@/desk/queries';
import type { FoundReservation } from '@/desk/types';
import { focusOn } from '@/lib/focus';
import { showToast } from '@/lib/toasts';

interface ReleaseDialogProps {
  reservation: FoundReservation;
  onClose: () => void;
}

/** Asks before ending a shopper's hold: another shopper may reserve the units at once. */
export function ReleaseDialog({ reservation, onClose }: ReleaseDialogProps) {
  const { id, productName, quantity } = reservation;
  const action = useAction(() => release(id));
  const confirm = () => {
    action.mutate(undefined, {
      onSuccess: () => {
        showToast('Hold released', `${productName}: ${quantity} on sale again.`);
        flushSync(onClose);
        focusOn(`found-${id}`); // its button goes with the hold
      },
    });
  };
  return (
    <ConfirmDialog
      title={`Release the hold on ${productName}?`}
      confirm="Release the hold"
      keep="Keep the hold"
      pending={action.isPending}
      error={action.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>
        The shopper loses {quantity === 1 ? 'the unit' : `${quantity} units`}, and others can reserve at once.
        This cannot be undone, and is journalled as ended by an admin.
      </p>
    </ConfirmDialog>
  );
}
