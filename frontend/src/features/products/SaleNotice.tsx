import { CalendarClock } from 'lucide-react';

import type { Product } from '@/api/types';
import { countdown, exactTime, localTime } from '@/lib/time';
import { useSecondsUntil } from '@/lib/ticker';

/** The countdown to the start of a sale, or the time of its end. */
export function SaleNotice({ product, over }: { product: Product; over: boolean }) {
  const { saleStartsAt, saleEndsAt } = product;
  if (!over && saleStartsAt) return <OpensIn instant={saleStartsAt} />;
  return (
    <p className="text-sm text-muted">
      The sale ended {saleEndsAt && <time dateTime={saleEndsAt}>{localTime(saleEndsAt)}</time>}.
    </p>
  );
}

function OpensIn({ instant }: { instant: string }) {
  const seconds = useSecondsUntil(Date.parse(instant));
  return (
    <p className="flex items-center gap-3 rounded-control bg-accent-tint p-3 text-sm">
      <CalendarClock aria-hidden className="size-5 shrink-0 text-accent" />
      <span>
        Opens in <strong className="font-display text-lg font-semibold">{countdown(seconds)}</strong>
        <time dateTime={instant} title={exactTime(instant)} className="block text-muted">
          {localTime(instant)}
        </time>
      </span>
    </p>
  );
}
