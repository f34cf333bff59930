import { useEffect, useRef } from 'react';

import type { Reservation } from '@/api/types';
import { phaseAt, type Phase } from '@/data/holdPhase';
import { useHolds, useLapsed } from '@/data/holds';
import { lapsesOf } from '@/data/lapses';
import { paymentOf, pendingPayments } from '@/data/pendingPayments';
import { reservations } from '@/data/reservations';
import { announce } from '@/lib/announcements';
import { serverNow } from '@/lib/serverClock';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { spokenDuration } from '@/lib/time';
import { HOLD_NEWS } from '@/texts/holds';
import { lapseWarning } from '@/texts/refusals';

const ANNOUNCEMENTS: Record<Phase, (hold: Reservation) => string> = {
  calm: extended,
  urgent: warning,
  lapsed: lapsed,
};

function warning({ productId, productName, expiresAt, extensionsLeft }: Reservation): string {
  const left = spokenDuration(secondsUntil(Date.parse(expiresAt), serverNow()));
  const lapses = lapsesOf(reservations.get(), productId, serverNow());
  return [
    HOLD_NEWS.urgent(productName, left),
    ...(extensionsLeft > 0 ? [HOLD_NEWS.extendable] : []),
    ...(lapses > 0 ? [lapseWarning(lapses)] : []),
  ].join(' ');
}

function extended({ productName, expiresAt }: Reservation): string {
  const left = spokenDuration(secondsUntil(Date.parse(expiresAt), serverNow()));
  return HOLD_NEWS.extended(productName, left);
}

function lapsed({ id, productName }: Reservation): string {
  const unanswered = paymentOf(pendingPayments.get(), id) !== undefined;
  return unanswered ? HOLD_NEWS.lapsedUnanswered(productName) : HOLD_NEWS.lapsed(productName);
}

/** Announces, once each, that a hold is about to lapse, was extended, or has lapsed. */
export function HoldAnnouncements() {
  const known = [...useHolds(), ...useLapsed()];
  return known.map((hold) => <Announcements key={hold.id} hold={hold} />);
}

function Announcements({ hold }: { hold: Reservation }) {
  const phase = useServerTime((now) => phaseAt(hold, now));
  const announced = useRef({ phase, expiresAt: hold.expiresAt });
  useEffect(() => {
    const before = announced.current;
    announced.current = { phase, expiresAt: hold.expiresAt };
    if (hold.expiresAt > before.expiresAt) announce(extended(hold));
    else if (phase !== before.phase) announce(ANNOUNCEMENTS[phase](hold));
  }, [phase, hold]);
  return null;
}
