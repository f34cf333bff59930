import { useAnimatedList } from '@/lib/animatedList';
import { useState } from 'react';
import { flushSync } from 'react-dom';

import type { Reservation } from '@/api/types';
import { useHolds, useLapsed } from '@/data/holds';
import { reservations } from '@/data/reservations';
import { dismiss, dismissedHolds } from '@/features/holds/dismissedHolds';
import { CancelDialog } from '@/features/holds/CancelDialog';
import { HoldCard } from '@/features/holds/HoldCard';
import { LapsedCard } from '@/features/holds/LapsedCard';
import { NoHolds } from '@/features/holds/NoHolds';
import { PayDialog } from '@/features/holds/PayDialog';
import { PendingHoldCard } from '@/features/holds/PendingHoldCard';
import { usePendingReserves } from '@/data/actions';
import { useStore } from '@/lib/store';

interface OpenDialog {
  hold: Reservation;
  Dialog: typeof PayDialog;
}

interface HoldListProps {
  className: string;
  roomy: boolean;
  onSettled: () => void;
}

/** Running reserve requests, running holds, and holds that have just lapsed. */
export function HoldList({ className, roomy, onSettled }: HoldListProps) {
  const list = useAnimatedList<HTMLUListElement>();
  const [openDialog, setOpenDialog] = useState<OpenDialog>();
  const all = useStore(reservations);
  const holds = useHolds();
  const requests = usePendingReserves();
  const dismissedIds = useStore(dismissedHolds);
  const lapsed = useLapsed().filter(({ id }) => !dismissedIds.has(id));
  const close = () => {
    setOpenDialog(undefined);
  };
  return (
    <>
      <ul ref={list} className={className}>
        {requests.map((request) => (
          <PendingHoldCard key={request.key} quantity={request.quantity} />
        ))}
        {holds.map((hold) => (
          <HoldCard
            key={hold.id}
            hold={hold}
            roomy={roomy}
            onPay={() => {
              setOpenDialog({ hold, Dialog: PayDialog });
            }}
            onCancel={() => {
              setOpenDialog({ hold, Dialog: CancelDialog });
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
            onRepeatPayment={() => {
              setOpenDialog({ hold, Dialog: PayDialog });
            }}
          />
        ))}
      </ul>
      {holds.length + requests.length + lapsed.length === 0 && <NoHolds />}
      {openDialog && (
        <openDialog.Dialog
          hold={all.find(({ id }) => id === openDialog.hold.id) ?? openDialog.hold}
          onClose={close}
          onSettled={() => {
            flushSync(close); // elements outside an open dialog cannot take the focus
            onSettled();
          }}
        />
      )}
    </>
  );
}
