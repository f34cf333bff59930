import { connection, connectionState } from '@/data/connection';
import { classes } from '@/lib/classes';
import { useOnline } from '@/lib/online';
import { useServerTime } from '@/lib/ticker';
import { CONNECTION_STATES } from '@/texts/page';

const DOTS = {
  live: 'animate-breathe bg-success',
  slow: 'bg-low-stock',
  down: 'bg-error',
  offline: 'bg-faint',
};

/** Whether the stock on the page is up to date. */
export function ConnectionStatus() {
  const online = useOnline();
  const answers = useServerTime(() => connectionState(connection.get()));
  const state = online ? answers : 'offline';
  return (
    <p className="flex items-center gap-2 text-sm font-semibold text-muted">
      <span aria-hidden className={classes('size-2 rounded-full', DOTS[state])} />
      {CONNECTION_STATES[state]}
    </p>
  );
}
