import { CircleCheck, Flame, TimerOff, Undo2 } from 'lucide-react';

import { classes } from '@/lib/classes';

const LOOKS = {
  ACTIVE: { label: 'Held', Icon: Flame, look: 'bg-ember-tint text-glow' },
  COMPLETED: { label: 'Bought', Icon: CircleCheck, look: 'bg-mint-tint text-mint' },
  CANCELLED: { label: 'Given back', Icon: Undo2, look: 'bg-line text-muted' },
  EXPIRED: { label: 'Expired', Icon: TimerOff, look: 'bg-rose-tint text-rose' },
};

/** A reservation's state as a word, an icon and a colour. */
export function StatusBadge({ status }: { status: keyof typeof LOOKS }) {
  const { label, Icon, look } = LOOKS[status];
  return (
    <span
      className={classes(
        'inline-flex items-center gap-1.5 rounded-full px-2.5 py-1 text-sm font-semibold',
        look,
      )}
    >
      <Icon aria-hidden className="size-4" />
      {label}
    </span>
  );
}
