import { useEffect, useRef } from 'react';

import type { Reservation } from '@/api/types';
import { useHolds, useLapsed } from '@/data/holds';
import { phaseAt, WARN_SECONDS, type Phase } from '@/features/holds/phase';
import { announce } from '@/lib/announcer';
import { useServerTime } from '@/lib/ticker';

const NEWS: Record<Phase, (name: string) => string> = {
  calm: (name) => `You have more time for ${name}.`,
  urgent: (name) => `${WARN_SECONDS} seconds left to pay for ${name}.`,
  lapsed: (name) => `Your hold on ${name} has expired. Nothing was charged.`,
};

/** Tells screen readers when a hold is about to lapse and when it has: once each, wherever in the shop one is. */
export function HoldNews() {
  const known = [...useHolds(), ...useLapsed()];
  return known.map((hold) => <News key={hold.id} hold={hold} />);
}

function News({ hold }: { hold: Reservation }) {
  const phase = useServerTime((now) => phaseAt(hold, now));
  const told = useRef(phase);
  useEffect(() => {
    if (told.current === phase) return;
    told.current = phase;
    announce(NEWS[phase](hold.productName));
  }, [phase, hold.productName]);
  return null;
}
