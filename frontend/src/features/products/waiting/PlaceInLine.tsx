import type { Waiter } from '@/api/types';
import { AlertNote, CardAlertButton, MainAlertButton } from '@/features/products/waiting/AlertButton';
import { LeaveButton } from '@/features/products/waiting/LeaveButton';
import { LineBar } from '@/features/products/waiting/LineBar';
import type { WaitingListProps } from '@/features/products/waiting/WaitingList';
import { useServerTime } from '@/lib/ticker';
import { estimateText, IN_LINE, ordinal, placeText, YOU_ARE } from '@/texts/waiting';
import { WAITING_LIST } from '@/texts/waitingList';

interface PlaceInLineProps extends WaitingListProps {
  entry: Waiter;
}

/** The shopper's place in line, when the turn may come, and the ways to be told of it and to leave. */
export function PlaceInLine({ product, entry, soldOut, take }: PlaceInLineProps) {
  const estimate = useServerTime((now) => estimateText(entry, now));
  return (
    <section
      aria-label={WAITING_LIST.place(product.name)}
      className="flex animate-rise flex-col gap-2.5 rounded-control bg-accent-tint p-3 text-sm"
    >
      <Place entry={entry} waiting={product.waiting} />
      <p>{estimate}</p>
      <AlertNote />
      <div className="flex flex-wrap gap-2">
        {soldOut ? <MainAlertButton take={take} /> : <CardAlertButton name={product.name} />}
        <LeaveButton entry={entry} main={`reserve-${product.id}`} />
      </div>
    </section>
  );
}

/** `3rd in line, of 12`. The list of products and the entry are read at different times. */
function Place({ entry, waiting }: { entry: Waiter; waiting: number }) {
  const { position, quantity } = entry;
  if (position === null) return <p className="font-semibold">{placeText(entry)}.</p>;
  const length = Math.max(waiting, position);
  return (
    <div className="flex flex-col gap-2">
      <p className="flex flex-wrap items-baseline gap-x-1.5">
        <span className="sr-only">{YOU_ARE} </span>
        <strong
          key={position}
          className="animate-tick font-display text-3xl leading-none font-bold tracking-tight text-accent"
        >
          {ordinal(position)}
        </strong>
        <span className="text-base font-semibold">{IN_LINE}</span>
        <span className="grow text-end text-muted">{WAITING_LIST.ofLength(length, quantity)}</span>
      </p>
      <LineBar position={position} length={length} />
    </div>
  );
}
