import { flushSync } from 'react-dom';

import { ConfirmDialog } from '@/desk/ConfirmDialog';
import { release } from '@/desk/deskApi';
import { useAction } from '@/desk/queries';
import type { FoundReservation } from '@/desk/types';
import { focusOn } from '@/lib/focus';
import { showToast } from '@/lib/toasts';
import { RELEASE } from '@/desk/texts/holds';

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
        showToast(RELEASE.done, RELEASE.doneText(productName, quantity));
        flushSync(onClose);
        focusOn(`found-${id}`); // its button goes with the hold
      },
    });
  };
  return (
    <ConfirmDialog
      title={RELEASE.title(productName)}
      confirm={RELEASE.confirm}
      keep={RELEASE.keep}
      pending={action.isPending}
      error={action.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{RELEASE.text(quantity)}</p>
    </ConfirmDialog>
  );
}
