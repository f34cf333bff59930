import type { Waiter } from '@/api/types';
import { Button } from '@/components/Button';
import { useLeave } from '@/data/waiterActions';
import { useKeptFocus } from '@/lib/keptFocus';
import { showToast } from '@/lib/toasts';
import { isolated } from '@/texts/names';
import { waitingRefusal } from '@/texts/waiting';
import { WAITING_LIST } from '@/texts/waitingList';

interface LeaveButtonProps {
  entry: Waiter;
  /** The id of the main button of the card, which takes the focus when this one has gone. */
  main: string;
}

export function LeaveButton({ entry, main }: LeaveButtonProps) {
  const row = useKeptFocus<HTMLDivElement>(main);
  const leave = useLeave(() => {
    showToast(WAITING_LIST.left, isolated(entry.productName));
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
          {WAITING_LIST.leave}
          <span className="sr-only">{WAITING_LIST.leaveList(entry.productName)}</span>
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
