import type { Reservation, ReservationStatus } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { ProductPicture } from '@/components/ProductPicture';
import { StatusBadge } from '@/components/StatusBadge';
import { money } from '@/lib/money';
import { exactTime, localTime } from '@/lib/time';

interface HistoryRowProps {
  reservation: Reservation;
  status: ReservationStatus;
}

/** One reservation, whatever became of it. */
export function HistoryRow({ reservation, status }: HistoryRowProps) {
  const { productName, quantity, unitPrice } = reservation;
  const total = money(quantity * unitPrice);
  return (
    <li className="panel flex flex-wrap items-center gap-x-5 gap-y-3 p-4 sm:flex-nowrap">
      <ProductPicture name={productName} className="h-14 w-auto" />
      <div className="min-w-0 grow basis-40">
        <h2 className="leading-snug font-semibold">{productName}</h2>
        <p className="text-sm text-muted">
          {quantity} × {money(unitPrice)}
        </p>
      </div>
      <p className="text-sm text-muted sm:text-right">
        Reserved <Instant at={reservation.createdAt} />
        <br />
        <Ending reservation={reservation} status={status} />
      </p>
      <div className="flex min-w-32 items-center gap-4 sm:flex-col sm:items-end sm:gap-1">
        <StatusBadge status={status} />
        {status === 'COMPLETED' && <p className="text-sm font-semibold">{total} paid</p>}
      </div>
    </li>
  );
}

function Ending({ reservation, status }: HistoryRowProps) {
  const { productName, completedAt, cancelledAt, expiresAt } = reservation;
  if (status === 'COMPLETED' && completedAt) return <>Bought {<Instant at={completedAt} />}</>;
  if (status === 'CANCELLED' && cancelledAt) return <>Given back {<Instant at={cancelledAt} />}</>;
  if (status === 'EXPIRED') return <>Expired {<Instant at={expiresAt} />}</>;
  return (
    <AppLink
      to={{ view: 'holds', status: '' }}
      className="inline-flex min-h-11 items-center font-semibold text-glow underline underline-offset-4"
    >
      Go to hold<span className="sr-only"> on {productName}</span>
    </AppLink>
  );
}

/** A local time, exact to the second on hover. */
function Instant({ at }: { at: string }) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {localTime(at)}
    </time>
  );
}
