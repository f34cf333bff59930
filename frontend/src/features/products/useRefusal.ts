import { useEffect, useRef, useState } from 'react';

import type { Product } from '@/api/types';
import { cooldownOf, knownRefusals } from '@/data/knownRefusals';
import { announce } from '@/lib/announcements';
import { serverNow } from '@/lib/serverClock';
import { useStore } from '@/lib/store';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { spokenDuration } from '@/lib/time';
import { cooldownText, reserveAgain, spokenRefusal, type RefusalText } from '@/texts/refusals';

interface KeptRefusal {
  refused: RefusalText | undefined;
  show: (refused: RefusalText | undefined) => void;
}

/**
 * The refusal of the last reserve request. It goes away when a hold that caused it ends. A cooldown is shown until it
 * ends, also after a reload.
 */
export function useRefusal({ id, name }: Product, holds: number): KeptRefusal {
  const [kept, keep] = useState<{ refused: RefusalText; holds: number }>();
  const known = useStore(knownRefusals);
  const coolingUntil = useServerTime((now) => cooldownOf(known, id, now)?.until ?? null);
  const cooldown = known.cooldowns.find((each) => each.productId === id && each.until === coolingUntil);
  useEndOfCooldown(name, coolingUntil !== null);
  const show = (refused: RefusalText | undefined) => {
    keep(refused && { refused, holds });
    if (refused) announce(spoken(name, refused));
  };
  const over = kept?.refused.until !== undefined;
  const settled = kept?.refused.hold !== undefined && holds < kept.holds;
  const refused = over || settled ? undefined : kept?.refused;
  return { refused: cooldown ? cooldownText(cooldown) : refused, show };
}

function spoken(product: string, refused: RefusalText): string {
  const { until } = refused;
  const wait = until === undefined ? until : spokenDuration(secondsUntil(until, serverNow()));
  return spokenRefusal(product, refused, wait);
}

function useEndOfCooldown(product: string, cooling: boolean): void {
  const before = useRef(cooling);
  useEffect(() => {
    if (before.current && !cooling) announce(reserveAgain(product));
    before.current = cooling;
  }, [product, cooling]);
}
