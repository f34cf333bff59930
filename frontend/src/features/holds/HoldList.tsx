import { useGliding } from '@/lib/motion';
import { useState } from 'react';
import { flushSync } from 'react-dom';

import type { Reservation } from '@/api/types';
import { useHolds, useLapsed } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { dismiss, dismissed } from '@/features/holds/dismissed';
import { GiveBackDialog } from '@/features/holds/GiveBackDialog';
import { HoldCard } from '@/features/holds/HoldCard';
import { LapsedCard } from '@/features/holds/LapsedCard';
import { NoHolds } from '@/features/holds/NoHolds';
import { PayDialog } from '@/features/holds/PayDialog';
import { PressedCard } from '@/features/holds/PressedCard';
import { usePressed } from '@/data/actions';
import { useStore } from '@/lib/store';

interface Asked {
  hold: Reservation;
  Dialog: typeof PayDialog;
}

interface HoldListProps {
  className: string;
  roomy: boolean;
  onSettled: () => void;
}

/** Presses being answered, running holds, and those that have just lapsed. */
export function HoldList({ className, roomy, onSettled }: HoldListProps) {
  const list = useGliding<HTMLUListElement>();
  const [asked, setAsked] = useState<Asked>();
  const all = useStore(reservations);
  const holds = useHolds();
  const pressed = usePressed();
  const read = useStore(dismissed);
  const lapsed = useLapsed().filter(({ id }) => !read.has(id));
  const close = () => {
    setAsked(undefined);
  };
  return (
    <>
      <ul ref={list} className={className}>
        {pressed.map((press) => (
          <PressedCard key={press.key} quantity={press.quantity} />
        ))}
        {holds.map((hold) => (
          <HoldCard
            key={hold.id}
            hold={hold}
            roomy={roomy}
            onPay={() => {
              setAsked({ hold, Dialog: PayDialog });
            }}
            onGiveBack={() => {
              setAsked({ hold, Dialog: GiveBackDialog });
            }}
          />
        ))}
        {lapsed.map((hold) => (
          <LapsedCard
            key={hold.id}
            hold={hold}
            roomy={roomy}
            onDismiss={() => {
              dismiss(hold.id);
              onSettled();
            }}
            onAsk={() => {
              setAsked({ hold, Dialog: PayDialog });
            }}
          />
        ))}
      </ul>
      {holds.length + pressed.length + lapsed.length === 0 && <NoHolds />}
      {asked && (
        <asked.Dialog
          hold={all.find(({ id }) => id === asked.hold.id) ?? asked.hold}
          onClose={close}
          onSettled={() => {
            flushSync(close); // while the dialog is open, nothing outside it can take the focus
            onSettled();
          }}
        />
      )}
    </>
  );
}
