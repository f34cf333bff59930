import { useEffect, useRef, useState } from 'react';

import type { Refused } from '@/features/products/refusal';
import { announce } from '@/lib/announcer';
import { serverNow } from '@/lib/serverClock';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { spokenDuration } from '@/lib/time';

export interface ShownRefusal {
  refused: Refused | undefined;
  /** Whether pressing again is in vain for a while. */
  cooling: boolean;
}

interface KeptRefusal extends ShownRefusal {
  show: (refused: Refused | undefined) => void;
}

/** Why the last press was refused, as long as that holds: till a break is over, or a hold that was in the way is gone. */
export function useRefused(product: string, holds: number): KeptRefusal {
  const [kept, keep] = useState<{ refused: Refused; holds: number }>();
  const until = kept?.refused.until;
  const cooling = useServerTime((now) => until !== undefined && now < until);
  useEndOfBreak(product, cooling);
  const show = (refused: Refused | undefined) => {
    keep(refused && { refused, holds });
    if (refused) announce(`${product}: ${spoken(refused)}`);
  };
  const over = until !== undefined && !cooling;
  const settled = kept?.refused.hold !== undefined && holds < kept.holds;
  return { refused: over || settled ? undefined : kept?.refused, cooling, show };
}

function spoken({ title, advice, until }: Refused): string {
  if (until === undefined) return `${title}. ${advice}`;
  const wait = spokenDuration(secondsUntil(until, serverNow()));
  return `${title}. ${advice} You can reserve it again in ${wait}.`;
}

function useEndOfBreak(product: string, cooling: boolean): void {
  const before = useRef(cooling);
  useEffect(() => {
    if (before.current && !cooling) announce(`You can reserve ${product} again.`);
    before.current = cooling;
  }, [product, cooling]);
}
