import { useEffect } from 'react';

import { connection } from '@/data/connection';
import { useProducts } from '@/data/products';
import { queryClient, refreshAll } from '@/data/queryClient';
import { reservations } from '@/data/reservations';
import { serverNow } from '@/lib/serverClock';
import { useStore } from '@/lib/store';

/** The server compares with its own clock; asking a moment later keeps us from being told "not yet". */
const AFTER_LAPSE_MS = 25;
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** Ask at once when something is known to have changed: a lapse, a sale's start, another tab's action, a recovery. */
export function useFreshness(): void {
  const next = useNextChange();
  useEffect(() => {
    if (next === undefined) return;
    const delay = Math.min(next - serverNow() + AFTER_LAPSE_MS, LONGEST_TIMER_MS);
    const timer = setTimeout(() => void refreshAll(), delay);
    return () => {
      clearTimeout(timer);
    };
  }, [next]);
  useEffect(() => reservations.subscribe(refreshStock), []);
  useRecovery();
}

const refreshStock = () => void queryClient.invalidateQueries({ queryKey: ['products'] });

function useNextChange(): number | undefined {
  const { products = [] } = useProducts();
  const holds = useStore(reservations).filter((each) => each.status === 'ACTIVE');
  const instants = [
    ...holds.map((each) => each.expiresAt),
    ...products.flatMap((each) => [each.nextReleaseAt, each.saleStartsAt, each.saleEndsAt]),
  ];
  const ahead = instants.map((each) => Date.parse(each ?? '')).filter((each) => each > serverNow());
  return ahead.length > 0 ? Math.min(...ahead) : undefined;
}

function useRecovery(): void {
  useEffect(() => {
    let failures = 0;
    return connection.subscribe(() => {
      const recovered = failures > 0 && connection.get().failures === 0;
      failures = connection.get().failures;
      if (recovered) void refreshAll();
    });
  }, []);
}
