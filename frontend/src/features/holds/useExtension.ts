import { Unavailable } from '@/api/errors';
import type { Reservation } from '@/api/types';
import { useExtend } from '@/data/actions';
import { useProducts } from '@/data/products';
import { phaseAt } from '@/features/holds/phase';
import { useServerTime } from '@/lib/ticker';

export interface Extension {
  /** Whether there is one to be had now. */
  offered: boolean;
  /** How much longer the hold would run, in seconds. */
  seconds: number;
  pending: boolean;
  error: Error | null;
  extend: () => void;
}

/** At the warning, a hold may be kept for as long again, if it has an extension left. `onAnswer` finds the offer gone. */
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

/** The length a hold was made with. One that was extended before has run longer; then its product knows better. */
function useOwnLength({ productId, createdAt, expiresAt }: Reservation): number {
  const { products = [] } = useProducts();
  const whole = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
  return Math.min(whole, products.find(({ id }) => id === productId)?.holdSeconds ?? whole);
}
