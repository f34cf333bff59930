import { Unavailable } from '@/api/errors';
import type { Reservation } from '@/api/types';
import { useExtend } from '@/data/actions';
import { useProducts } from '@/data/products';
import { phaseAt } from '@/data/holdPhase';
import { useServerTime } from '@/lib/ticker';

export interface Extension {
  /** Whether the hold can be extended now. */
  offered: boolean;
  /** By how much, in seconds. */
  seconds: number;
  pending: boolean;
  error: Error | null;
  extend: () => void;
}

/**
 * A hold can be extended during the warning if it has extensions left. `onAnswer` is called when the button has gone.
 */
export function useExtension(hold: Reservation, onAnswer: () => void): Extension {
  const extend = useExtend();
  const urgent = useServerTime((now) => phaseAt(hold, now) === 'urgent');
  return {
    offered: urgent && hold.extensionsLeft > 0,
    seconds: useOwnLength(hold),
    pending: extend.isPending,
    error: extend.error,
    extend: () => {
      extend.mutate(hold.id, {
        onSettled: (_extended, error) => {
          if (!(error instanceof Unavailable)) onAnswer();
        },
      });
    },
  };
}

/** The length of the hold before any extension. */
function useOwnLength({ productId, createdAt, expiresAt }: Reservation): number {
  const { products = [] } = useProducts();
  const whole = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
  return Math.min(whole, products.find(({ id }) => id === productId)?.holdSeconds ?? whole);
}
