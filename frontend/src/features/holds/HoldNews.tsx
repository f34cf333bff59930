import { useEffect, useRef } from 'react';

import type { Reservation } from '@/api/types';
import { useHolds, useLapsed } from '@/data/holds';
import { paymentOf, payments } from '@/data/payments';
import { phaseAt, WARN_SECONDS, type Phase } from '@/features/holds/phase';
import { announce } from '@/lib/announcer';
import { serverNow } from '@/lib/serverClock';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { spokenDuration } from '@/lib/time';

const NEWS: Record<Phase, (hold: Reservation) => string> = {
  calm: moreTime,
  urgent: ({ productName, extensionsLeft }) =>
    `${WARN_SECONDS} seconds left to pay for ${productName}.${extensionsLeft > 0 ? ' You can keep it longer.' : ''}`,
  lapsed: itsEnd,
};

function moreTime({ productName, expiresAt }: Reservation): string {
  const left = spokenDuration(secondsUntil(Date.parse(expiresAt), serverNow()));
  return `You have more time for ${productName}: ${left}.`;
}

function itsEnd({ id, productName }: Reservation): string {
  const expired = `Your hold on ${productName} has expired`;
  const paying = paymentOf(payments.get(), id) !== undefined;
  return paying ? `${expired} while your payment was on its way.` : `${expired}. Nothing was charged.`;
}

/** Tells screen readers when a hold is about to lapse, was extended, or has lapsed: once each, wherever one is. */
export function HoldNews() {
  const known = [...useHolds(), ...useLapsed()];
  return known.map((hold) => <News key={hold.id} hold={hold} />);
}

function News({ hold }: { hold: Reservation }) {
  const phase = useServerTime((now) => phaseAt(hold, now));
  const told = useRef({ phase, expiresAt: hold.expiresAt });
  useEffect(() => {
    const before = told.current;
    told.current = { phase, expiresAt: hold.expiresAt };
    if (hold.expiresAt > before.expiresAt) announce(moreTime(hold));
    else if (phase !== before.phase) announce(NEWS[phase](hold));
  }, [phase, hold]);
  return null;
}
