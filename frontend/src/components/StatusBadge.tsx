import { CircleCheck, Flame, TimerOff, Undo2 } from 'lucide-react';

import { classes } from '@/lib/classes';
import { STATUS_NAMES } from '@/texts/controls';

const LOOKS = {
  ACTIVE: { Icon: Flame, look: 'bg-accent-tint text-accent' },
  COMPLETED: { Icon: CircleCheck, look: 'bg-success-tint text-success' },
  CANCELLED: { Icon: Undo2, look: 'bg-line text-muted' },
  EXPIRED: { Icon: TimerOff, look: 'bg-line text-muted' },
};

/** The status of a reservation as a word with an icon and a colour. */
export function StatusBadge({ status }: { status: keyof typeof LOOKS }) {
  const { Icon, look } = LOOKS[status];
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-sm font-semibold',
        look,
      )}
    >
      <Icon aria-hidden className="size-4" />
      {STATUS_NAMES[status]}
    </span>
  );
}
