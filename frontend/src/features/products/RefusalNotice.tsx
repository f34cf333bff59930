import { CircleAlert } from 'lucide-react';

import type { Refused } from '@/features/products/refusal';

/** Says what happened, on the card where it happened; screen readers hear it from the live region instead. */
export function RefusalNotice({ refused }: { refused: Refused }) {
  return (
    <div className="flex animate-rise gap-2.5 rounded-control bg-rose-tint p-3 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-rose" />
      <p>
        <strong className="block font-semibold text-rose">{refused.title}</strong>
        {refused.advice}
      </p>
    </div>
  );
}
