import { CircleAlert } from 'lucide-react';

import { Button } from '@/components/Button';
import type { Refused } from '@/features/products/refusal';
import { jumpTo } from '@/lib/jump';
import { useSecondsUntil } from '@/lib/ticker';
import { countdown } from '@/lib/time';

/** Says what happened, on the card where it happened; screen readers hear it from the live region instead. */
export function RefusalNotice({ refused }: { refused: Refused }) {
  const { title, advice, hold, until } = refused;
  return (
    <div className="flex animate-rise gap-2.5 rounded-control bg-rose-tint p-3 text-sm">
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-rose" />
      <div>
        <p>
          <strong className="block font-semibold text-rose">{title}</strong>
          {advice} {until !== undefined && <Again until={until} />}
        </p>
        {hold !== undefined && <ToHold hold={hold} />}
      </div>
    </div>
  );
}

function Again({ until }: { until: number }) {
  const seconds = useSecondsUntil(until);
  return (
    <>
      You can reserve it again in <strong className="font-semibold">{countdown(seconds)}</strong>.
    </>
  );
}

function ToHold({ hold }: { hold: string | null }) {
  return (
    <Button
      className="mt-2.5"
      onClick={() => {
        jumpTo(hold === null ? 'holds-aside' : `hold-${hold}`, { view: 'holds', show: '', sort: '' });
      }}
    >
      {hold === null ? 'Go to your holds' : 'Go to your hold'}
    </Button>
  );
}
