import type { SellingState } from '@/desk/figures';
import type { SaleProduct } from '@/desk/types';
import { classes } from '@/lib/classes';
import { secondsUntil, useServerTime } from '@/lib/ticker';
import { countdown } from '@/lib/time';

const LOOKS: Record<SellingState, { label: string; look: string }> = {
  selling: { label: 'On sale', look: 'bg-success-tint text-success' },
  'sold-out': { label: 'None available', look: 'bg-line text-low-stock' },
  paused: { label: 'Paused', look: 'bg-urgent-tint text-urgent' },
  upcoming: { label: 'Opens', look: 'bg-accent-tint text-accent' },
  over: { label: 'Ended', look: 'bg-line text-muted' },
  retired: { label: 'Retired', look: 'bg-line text-muted' },
};

/** Whether shoppers can buy the product, as a word with a colour. */
export function StateBadge({ product, state }: { product: SaleProduct; state: SellingState }) {
  const { label, look } = LOOKS[state];
  const opens = Date.parse(product.saleStartsAt ?? '');
  const wait = useServerTime((now) =>
    state === 'upcoming' ? ` in ${countdown(secondsUntil(opens, now))}` : '',
  );
  return (
    <span
      className={classes(
        'inline-flex shrink-0 items-center rounded-full px-2.5 py-1 text-sm font-semibold',
        look,
      )}
    >
      {label}
      {wait}
    </span>
  );
}
