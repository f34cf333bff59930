import { connection, connectionState } from '@/data/connection';
import { classes } from '@/lib/classes';
import { useServerTime } from '@/lib/ticker';

const LABELS = { live: 'Live', slow: 'Slow', down: 'Reconnecting' };
const DOTS = { live: 'animate-breathe bg-success', slow: 'bg-low-stock', down: 'bg-error' };

/** Whether the stock on the page is up to date. */
export function ConnectionStatus() {
  const state = useServerTime(() => connectionState(connection.get()));
  return (
    <p className="flex items-center gap-2 text-sm font-semibold text-muted">
      <span aria-hidden className={classes('size-2 rounded-full', DOTS[state])} />
      {LABELS[state]}
    </p>
  );
}
