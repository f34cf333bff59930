import type { Reservation } from '@/api/types';
import { reservations } from '@/data/reservations';
import { statusAt } from '@/data/reservationStatus';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';

/** How many holds of a product the shopper has let lapse until `now` (server's clock), of those that the page knows. */
export const lapsesOf = (all: Reservation[], productId: string, now: number) =>
  all.filter((each) => each.productId === productId && statusAt(each, now) === 'EXPIRED').length;

export function useLapses(productId: string): number {
  const all = useStore(reservations);
  return useServerTime((now) => lapsesOf(all, productId, now));
}
