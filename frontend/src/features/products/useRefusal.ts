import { useEffect, useRef, useState } from 'react';

import type { RefusalText } from '@/texts/refusals';
import { announce } from '@/lib/announcements';
import { serverNow } from '@/lib/serverClock';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { spokenDuration } from '@/lib/time';

export interface ShownRefusal {
  refused: RefusalText | undefined;
  /** Whether a cooldown is running. */
  cooling: boolean;
}

interface KeptRefusal extends ShownRefusal {
  show: (refused: RefusalText | undefined) => void;
}

/** The refusal of the last reserve request. It goes away when its cooldown ends or a hold that caused it ends. */
export function useRefusal(product: string, holds: number): KeptRefusal {
  const [kept, keep] = useState<{ refused: RefusalText; holds: number }>();
  const until = kept?.refused.until;
  const cooling = useServerTime((now) => until !== undefined && now < until);
  useEndOfBreak(product, cooling);
  const show = (refused: RefusalText | undefined) => {
    keep(refused && { refused, holds });
    if (refused) announce(`${product}: ${spoken(refused)}`);
  };
  const over = until !== undefined && !cooling;
  const settled = kept?.refused.hold !== undefined && holds < kept.holds;
  return { refused: over || settled ? undefined : kept?.refused, cooling, show };
}

function spoken({ title, advice, until }: RefusalText): string {
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
