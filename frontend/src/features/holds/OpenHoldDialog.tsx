import type { OpenDialog } from '@/data/holdDialog';
import { CancelDialog, type HoldDialogProps } from '@/features/holds/CancelDialog';
import { PayDialog } from '@/features/holds/PayDialog';

interface OpenHoldDialogProps extends HoldDialogProps {
  action: OpenDialog['action'];
}

/** The dialog for an action on a hold. */
export default function OpenHoldDialog({ action, ...props }: OpenHoldDialogProps) {
  return action === 'pay' ? <PayDialog {...props} /> : <CancelDialog {...props} />;
}
