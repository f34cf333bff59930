import type { SellingState } from '@/desk/figures';
import type { SaleProduct } from '@/desk/types';
import { classes } from '@/lib/classes';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { opensIn, PRODUCT_STATES } from '@/desk/texts/sale';

const LOOKS: Record<SellingState, string> = {
  selling: 'bg-success-tint text-success',
  'sold-out': 'bg-line text-low-stock',
  paused: 'bg-urgent-tint text-urgent',
  upcoming: 'bg-accent-tint text-accent',
  over: 'bg-line text-muted',
  retired: 'bg-line text-muted',
};

/** Whether shoppers can buy the product, as a word with a colour. */
export function StateBadge({ product, state }: { product: SaleProduct; state: SellingState }) {
  const opens = Date.parse(product.saleStartsAt ?? '');
  const wait = useServerTime((now) =>
    state === 'upcoming' ? opensIn(countdown(secondsUntil(opens, now))) : '',
  );
  return (
    <span
      className={classes(
        'inline-flex shrink-0 items-center rounded-full px-2.5 py-1 text-sm font-semibold',
        LOOKS[state],
      )}
    >
      {PRODUCT_STATES[state]}
      {wait}
    </span>
  );
}
