import { ConfirmDialog } from '@/desk/ConfirmDialog';
import { changeProduct } from '@/desk/deskApi';
import { useAction } from '@/desk/queries';
import type { SaleProduct } from '@/desk/types';
import { showToast } from '@/lib/toasts';

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
        showToast('Sale paused', `Nobody can reserve ${product.name} until you resume it.`);
        onClose();
      },
    });
  };
  return (
    <ConfirmDialog
      title={`Pause the sale of ${product.name}?`}
      confirm="Pause the sale"
      keep="Keep selling"
      pending={pause.isPending}
      error={pause.error}
      onConfirm={confirm}
      onClose={onClose}
    >
      <p>Nobody can reserve it until you resume. Running holds go on and can be paid.</p>
    </ConfirmDialog>
  );
}
