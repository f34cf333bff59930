import { UserRoundX, X } from 'lucide-react';

import type { Waiter } from '@/api/types';
import { forget } from '@/data/waiterChanges';
import { useKeptFocus } from '@/lib/keptFocus';
import { passedOverText } from '@/texts/waiting';
import { WAITING_LIST } from '@/texts/waitingList';

interface PassedOverProps {
  entry: Waiter;
  /** The id of the main button of the card, which takes the focus when this notice has gone. */
  main: string;
}

/** Why the shopper's place in line got no unit, and what to do. It stays until the shopper closes it or joins again. */
export function PassedOver({ entry, main }: PassedOverProps) {
  const notice = useKeptFocus<HTMLDivElement>(main);
  const { title, advice } = passedOverText(entry.reason);
  return (
    <div ref={notice} className="flex animate-rise gap-2.5 rounded-control bg-line p-3 text-sm">
      <UserRoundX aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
      <p className="min-w-0 grow">
        <strong className="block font-semibold">{title}</strong>
        {advice}
      </p>
      <button
        type="button"
        onClick={() => {
          forget(entry.id);
        }}
        className="-m-2 grid size-11 shrink-0 place-items-center rounded-control text-muted hover:text-ink"
      >
        <X aria-hidden className="size-4" />
        <span className="sr-only">{WAITING_LIST.dismiss(title)}</span>
      </button>
    </div>
  );
}
