import type { Waiter } from '@/api/types';
import { Button } from '@/components/Button';
import { useLeave } from '@/data/waiterActions';
import { useKeptFocus } from '@/lib/keptFocus';
import { showToast } from '@/lib/toasts';
import { waitingRefusal } from '@/texts/waiting';

interface LeaveButtonProps {
  entry: Waiter;
  /** The id of the main button of the card, which takes the focus when this one has gone. */
  main: string;
}

export function LeaveButton({ entry, main }: LeaveButtonProps) {
  const row = useKeptFocus<HTMLDivElement>(main);
  const leave = useLeave(() => {
    showToast('You have left the waiting list', entry.productName);
  });
  return (
    <div ref={row}>
      <Button
        pending={leave.isPending}
        onClick={() => {
          leave.mutate(entry.id);
        }}
      >
        <span>
          Leave<span className="sr-only"> the waiting list of {entry.productName}</span>
        </span>
      </Button>
      <LeaveError error={leave.error} />
    </div>
  );
}

/** Screen readers announce it at once, because the shopper waits for it. */
function LeaveError({ error }: { error: Error | null }) {
  const text = error && waitingRefusal(error, 'leave');
  return (
    <p role="alert" className="mt-2 font-semibold text-error empty:hidden">
      {text && `${text.title}. ${text.advice}`}
    </p>
  );
}
