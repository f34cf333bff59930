import { connection } from '@/data/connection';
import { classes } from '@/lib/classes';
import { useStore } from '@/lib/store';

/** Whether what is shown is live. */
export function LiveSign() {
  const live = useStore(connection).failures === 0;
  return (
    <p className="flex items-center gap-2 text-sm font-semibold text-muted">
      <span
        aria-hidden
        className={classes('size-2 rounded-full', live ? 'animate-breathe bg-mint' : 'bg-rose')}
      />
      {live ? 'Live' : 'Reconnecting'}
    </p>
  );
}
