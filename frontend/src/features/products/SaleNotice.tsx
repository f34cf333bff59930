import { CalendarClock } from 'lucide-react';

import type { Product } from '@/api/types';
import type { SaleState } from '@/data/productState';
import { countdown, exactTime, localTime } from '@/lib/time';
import { useSecondsUntil } from '@/lib/ticker';
import { NOTES } from '@/texts/card';
import { DROP } from '@/texts/drops';

interface SaleNoticeProps {
  product: Product;
  sale: Exclude<SaleState, 'open'>;
}

/** The countdown to the start of a sale, the time of its end, or that it is paused. */
export function SaleNotice({ product, sale }: SaleNoticeProps) {
  const { saleStartsAt, saleEndsAt } = product;
  if (sale === 'upcoming' && saleStartsAt) return <OpensIn instant={saleStartsAt} />;
  if (sale === 'paused') return <p className="text-sm text-muted">{NOTES.paused}</p>;
  return (
    <p className="text-sm text-muted">
      {NOTES.ended(saleEndsAt && <time dateTime={saleEndsAt}>{localTime(saleEndsAt)}</time>)}
    </p>
  );
}

function OpensIn({ instant }: { instant: string }) {
  const seconds = useSecondsUntil(Date.parse(instant));
  return (
    <p className="flex items-center gap-3 rounded-control bg-accent-tint p-3 text-sm">
      <CalendarClock aria-hidden className="size-5 shrink-0 text-accent" />
      <span>
        {DROP.opensIn} <strong className="font-display text-lg font-semibold">{countdown(seconds)}</strong>
        <time dateTime={instant} title={exactTime(instant)} className="block text-muted">
          {localTime(instant)}
        </time>
      </span>
    </p>
  );
}
