import { useState } from 'react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { ProductPicture } from '@/components/ProductPicture';
import { StatusBadge } from '@/components/StatusBadge';
import { Timestamp } from '@/components/Timestamp';
import { useSaleProduct } from '@/desk/queries';
import { ReleaseDialog } from '@/desk/ReleaseDialog';
import type { FoundReservation } from '@/desk/types';
import { money } from '@/lib/numbers';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { RELEASE, RESERVATION } from '@/desk/texts/holds';
import { unitsText } from '@/texts/controls';

/** A reservation with its shopper. A running hold can be released. */
export function HoldRow({ reservation }: { reservation: FoundReservation }) {
  const [asking, setAsking] = useState(false);
  const { id, productId, productName, quantity, totalPrice, currency } = reservation;
  const product = useSaleProduct(productId);
  const seconds = useServerTime((now) => secondsUntil(Date.parse(reservation.expiresAt), now));
  const running = reservation.status === 'ACTIVE' && seconds > 0;
  return (
    <li
      id={`found-${id}`}
      tabIndex={-1}
      className="panel flex flex-wrap items-center gap-x-5 gap-y-3 p-4 focus:outline-3 focus:outline-offset-3 focus:outline-accent"
    >
      <ProductPicture product={product} className="size-14 shrink-0" />
      <div className="min-w-0 grow basis-64">
        <h2 className="font-semibold">
          <bdi>{productName}</bdi>
        </h2>
        <p className="text-sm text-muted">
          {unitsText(quantity)} · {money(totalPrice, currency)}
        </p>
        <Ids reservation={reservation} />
      </div>
      <Times reservation={reservation} />
      <div className="flex min-w-32 flex-col gap-1 sm:items-end">
        <StatusBadge status={running || reservation.status !== 'ACTIVE' ? reservation.status : 'EXPIRED'} />
        {running && (
          <p className="text-sm font-semibold text-accent">{RESERVATION.left(countdown(seconds))}</p>
        )}
      </div>
      {running && (
        <Button
          look="danger"
          onClick={() => {
            setAsking(true);
          }}
        >
          {RELEASE.button}
          <span className="sr-only"> {productName}</span>
        </Button>
      )}
      {asking && (
        <ReleaseDialog
          reservation={reservation}
          onClose={() => {
            setAsking(false);
          }}
        />
      )}
    </li>
  );
}

/** The shopper of all requests without a token. */
const ANONYMOUS = '00000000-0000-0000-0000-000000000000';

function Ids({ reservation: { id, shopperId } }: { reservation: FoundReservation }) {
  return (
    <dl className="mt-1 text-sm text-muted [&_dd]:font-mono [&_dd]:text-2xs [&_dd]:break-all">
      <div className="flex items-baseline gap-2">
        <dt className="w-20 shrink-0">{RESERVATION.name}</dt>
        <dd>{id}</dd>
      </div>
      <div className="flex items-baseline gap-2">
        <dt className="w-20 shrink-0">{RESERVATION.shopper}</dt>
        <dd>
          {shopperId === ANONYMOUS ? (
            RESERVATION.anonymous
          ) : (
            <AppLink
              to={{ id: shopperId, product: '' }}
              className="inline-flex min-h-6 items-center text-accent underline underline-offset-4"
            >
              {shopperId}
            </AppLink>
          )}
        </dd>
      </div>
    </dl>
  );
}

function Times({ reservation }: { reservation: FoundReservation }) {
  const { createdAt, expiresAt, endedAt, endedBy, status } = reservation;
  return (
    <p className="text-sm text-muted sm:text-end">
      {RESERVATION.reserved(<Timestamp at={createdAt} />)}
      <br />
      {endedAt
        ? RESERVATION.ended(<Timestamp at={endedAt} />, endedBy)
        : RESERVATION[status === 'ACTIVE' ? 'lapses' : 'lapsed'](<Timestamp at={expiresAt} />)}
    </p>
  );
}
