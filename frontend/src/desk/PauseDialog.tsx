import { ConfirmDialog } from '@/desk/ConfirmDialog';
import { changeProduct } from '@/desk/deskApi';
import { useAction } from '@/desk/queries';
import type { SaleProduct } from '@/desk/types';
import { showToast } from '@/lib/toasts';
import { PAUSE } from '@/desk/texts/product';

export interface ProductDialogProps {
  product: SaleProduct;
  onClose: () => void;
}

/** Asks before pausing: every reserve is refused from then on. */
export function PauseDialog({ product, onClose }: ProductDialogProps) {
  const pause = useAction(() => changeProduct(product.id, { paused: true }));
  const confirm = () => {
    pause.mutate(undefined, {
      onSuccess: () => {
        showToast(PAUSE.done, PAUSE.doneText(product.name));
        onClose();
      },
    });
  };
  return (
    <ConfirmDialog
      title={PAUSE.title(product.name)}
      confirm={PAUSE.confirm}
      keep={PAUSE.keep}
      pending={pause.isPending}
      error={pause.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>{PAUSE.text}</p>
    </ConfirmDialog>
  );
}
