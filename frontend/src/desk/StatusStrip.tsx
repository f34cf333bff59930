import { useQuery } from '@tanstack/react-query';
import { Database, KeyRound, RefreshCw, Scale } from 'lucide-react';
import { useEffect, type ReactNode } from 'react';

import { AUDIT, SALE } from '@/desk/queries';
import { tokenHolder } from '@/desk/tokenHolder';
import type { Audit } from '@/desk/types';
import { announce } from '@/lib/announcements';
import { classes } from '@/lib/classes';
import { useServerTime } from '@/lib/ticker';
import { clockTime } from '@/lib/time';
import { STATUS } from '@/desk/texts/frame';

const STALE_SECONDS = 8;

/** Under the header in every view: whether the figures are fresh, the balance, the database and the token. */
export function StatusStrip({ token }: { token: string }) {
  return (
    <aside aria-label={STATUS.label} className="border-b border-line bg-veil text-sm">
      <ul className="mx-auto flex max-w-7xl flex-wrap items-center gap-x-6 gap-y-1 px-4 py-2 sm:px-6">
        <Freshness />
        <Balance />
        <Connections />
        <Holder token={token} />
      </ul>
    </aside>
  );
}

/** How old the figures are. Not a live region: it changes every two seconds. */
function Freshness() {
  const { dataUpdatedAt, isError } = useQuery(SALE);
  const seconds = useServerTime(() => Math.floor((Date.now() - dataUpdatedAt) / 1000));
  const stale = dataUpdatedAt > 0 && seconds >= STALE_SECONDS;
  const down = stale && isError;
  useEffect(() => {
    if (down) announce(STATUS.down);
  }, [down]);
  const fresh = dataUpdatedAt > 0 ? STATUS.live : STATUS.connecting;
  const label = stale ? STATUS.stale(seconds) : isError ? STATUS.reconnecting : fresh;
  return (
    <Item>
      <span
        aria-hidden
        className={classes(
          'size-2 rounded-full',
          stale || isError ? 'bg-error' : 'animate-breathe bg-success',
        )}
      />
      <span className={classes('font-semibold', stale && 'text-error')}>{label}</span>
    </Item>
  );
}

function Balance() {
  const { data, dataUpdatedAt, isError, isFetching, refetch } = useQuery(AUDIT);
  const names = (data ?? []).filter(isDrifting).map(({ name }) => name);
  const drifting = names.length > 0 ? STATUS.drifting(names) : '';
  useEffect(() => {
    if (drifting) announce(drifting);
  }, [drifting]);
  const checked = dataUpdatedAt > 0 ? clockTime(new Date(dataUpdatedAt).toISOString()) : '';
  return (
    <Item>
      <Scale aria-hidden className={classes('size-4', drifting ? 'text-error' : 'text-success')} />
      <span>
        {data && !drifting && <strong className="font-semibold">{STATUS.balanced}</strong>}
        {drifting && <strong className="font-semibold text-error">{drifting}</strong>}
        {!data && (isError ? STATUS.balanceUnknown : STATUS.checking)}
        {data && <span className="text-muted">{STATUS.checkedAt(checked)}</span>}
      </span>
      <button
        type="button"
        aria-label={STATUS.check}
        aria-disabled={isFetching}
        onClick={() => void refetch({ cancelRefetch: false })}
        className="grid size-7 place-items-center rounded-control text-muted hover:text-ink"
      >
        <RefreshCw aria-hidden className={classes('size-4', isFetching && 'animate-spin')} />
      </button>
    </Item>
  );
}

const isDrifting = ({ balanced, journalAgrees }: Audit) => !balanced || !journalAgrees;

function Connections() {
  const connections = useQuery(SALE).data?.databaseConnections;
  if (!connections) return null;
  const { open, allowed } = connections;
  const scarce = open > 0.8 * allowed;
  return (
    <Item>
      <Database aria-hidden className={classes('size-4', scarce ? 'text-low-stock' : 'text-muted')} />
      <span>
        <strong className={classes('font-semibold', scarce && 'text-low-stock')}>{open}</strong>
        <span className="text-muted">{STATUS.connections(allowed)}</span>
      </span>
    </Item>
  );
}

/** Who is signed in, and for how long. */
function Holder({ token }: { token: string }) {
  const holder = tokenHolder(token);
  const minutes = useServerTime((now) =>
    Math.max(0, Math.floor(((holder?.expiresAt ?? now) - now) / 60_000)),
  );
  if (!holder) return null;
  return (
    <Item className="sm:ms-auto">
      <KeyRound aria-hidden className="size-4 text-muted" />
      <span>
        <strong className="font-semibold">
          <bdi>{holder.name}</bdi>
        </strong>
        <span className={minutes < 5 ? 'text-low-stock' : 'text-muted'}>{STATUS.token(minutes)}</span>
      </span>
    </Item>
  );
}

function Item({ children, className }: { children: ReactNode; className?: string }) {
  return <li className={classes('flex min-h-7 items-center gap-2', className)}>{children}</li>;
}
