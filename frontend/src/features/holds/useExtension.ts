import { Unavailable } from '@/api/errors';
import type { Product, Reservation } from '@/api/types';
import { useExtend } from '@/data/actions';
import { useProducts } from '@/data/products';
import { phaseAt } from '@/data/holdPhase';
import { useServerTime } from '@/lib/ticker';
import { extensionNote } from '@/texts/extensions';

export interface Extension {
  /** Whether the hold can be extended now. */
  offered: boolean;
  /** By how much, in seconds. */
  seconds: number;
  /** How many times. */
  left: number;
  /** When it can be extended, or why not. */
  note: string | null;
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
  const product = useProductOf(hold);
  return {
    offered: urgent && hold.extensionsLeft > 0,
    seconds: ownLength(hold, product),
    left: hold.extensionsLeft,
    note: extensionNote(hold, (product?.waiting ?? 0) > 0),
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

function useProductOf({ productId }: Reservation): Product | undefined {
  return useProducts().products?.find(({ id }) => id === productId);
}

/** The length of the hold before any extension. */
function ownLength({ createdAt, expiresAt }: Reservation, product: Product | undefined): number {
  const whole = Math.round((Date.parse(expiresAt) - Date.parse(createdAt)) / 1000);
  return Math.min(whole, product?.holdSeconds ?? whole);
}
