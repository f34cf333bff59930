import { ChevronDown } from 'lucide-react';
import { useId, useState } from 'react';

import type { Reservation, ReservationStatus } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { Timestamp } from '@/components/Timestamp';
import { ProductPicture } from '@/components/ProductPicture';
import { useProduct } from '@/data/products';
import { StatusBadge } from '@/components/StatusBadge';
import { Timeline } from '@/features/history/Timeline';
import { classes } from '@/lib/classes';
import { money } from '@/lib/numbers';
import { ENDINGS, TIMELINE } from '@/texts/history';
import { ofName, onName } from '@/texts/names';

interface HistoryRowProps {
  reservation: Reservation;
  status: ReservationStatus;
}

/** One reservation. It opens to show its timeline. */
export function HistoryRow({ reservation, status }: HistoryRowProps) {
  const [open, setOpen] = useState(false);
  const timeline = useId();
  return (
    <li className="panel p-4">
      <div className="flex flex-wrap items-center gap-x-5 gap-y-3 lg:flex-nowrap">
        <Summary reservation={reservation} status={status} />
        <Button
          look="quiet"
          className="-my-1 ms-auto px-3 text-sm"
          aria-expanded={open}
          aria-controls={timeline}
          onClick={() => {
            setOpen(!open);
          }}
        >
          {TIMELINE.title}
          <span className="sr-only">{ofName(reservation.productName)}</span>
          <ChevronDown aria-hidden className={classes('size-4 transition-transform', open && 'rotate-180')} />
        </Button>
      </div>
      <div id={timeline} hidden={!open} className="mt-4 border-t border-line pt-4 pb-1 sm:ps-24">
        {open && <Timeline reservation={reservation} status={status} />}
      </div>
    </li>
  );
}

function Summary({ reservation, status }: HistoryRowProps) {
  const { productId, productName, quantity, unitPrice, createdAt } = reservation;
  const product = useProduct(productId);
  return (
    <>
      <ProductPicture product={product} lazy className="h-14 w-auto" />
      <div className="min-w-0 grow basis-40">
        <h2 className="leading-snug font-semibold">
          <bdi>{productName}</bdi>
        </h2>
        <p className="text-sm text-muted">
          {quantity} × {money(unitPrice, product?.currency)}
        </p>
      </div>
      <p className="text-sm text-muted sm:text-end">
        {ENDINGS.reserved(<Timestamp at={createdAt} />)}
        <br />
        <Ending reservation={reservation} status={status} />
      </p>
      <div className="flex min-w-32 flex-wrap items-center gap-x-4 gap-y-1 sm:flex-col sm:items-end">
        <StatusBadge status={status} />
        {status === 'COMPLETED' && (
          <p className="text-sm font-semibold">
            {ENDINGS.paid(money(quantity * unitPrice, product?.currency))}
          </p>
        )}
      </div>
    </>
  );
}

function Ending({ reservation, status }: HistoryRowProps) {
  const { productName, completedAt, cancelledAt, expiresAt } = reservation;
  if (status === 'COMPLETED' && completedAt) return ENDINGS.bought(<Timestamp at={completedAt} />);
  if (status === 'CANCELLED' && cancelledAt) return ENDINGS.cancelled(<Timestamp at={cancelledAt} />);
  if (status === 'EXPIRED') return ENDINGS.expired(<Timestamp at={expiresAt} />);
  return (
    <AppLink
      to={{ view: 'holds', status: '' }}
      className="inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-4"
    >
      {ENDINGS.toHold}
      <span className="sr-only">{onName(productName)}</span>
    </AppLink>
  );
}
