import { CircleAlert } from 'lucide-react';

import { HoldLink } from '@/features/products/HoldLink';
import type { RefusalText } from '@/texts/refusals';
import { useSecondsUntil } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { NOTES } from '@/texts/card';

/** A refusal, shown on the card. Screen readers hear it from the live region. */
export function RefusalNotice({ refused }: { refused: RefusalText }) {
  const { title, advice, hold, until } = refused;
  return (
    <div className="flex animate-rise gap-2.5 rounded-control bg-error-tint p-3 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-error" />
      <div>
        <p>
          <strong className="block font-semibold text-error">{title}</strong>
          {advice} {until !== undefined && <RetryTime until={until} />}
        </p>
        {hold !== undefined && <HoldLink hold={hold} className="mt-2.5" />}
      </div>
    </div>
  );
}

function RetryTime({ until }: { until: number }) {
  const seconds = useSecondsUntil(until);
  return NOTES.againIn(<strong className="font-semibold">{countdown(seconds)}</strong>);
}
