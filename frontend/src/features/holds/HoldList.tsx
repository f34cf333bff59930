import { usePendingReserves } from '@/data/actions';
import { openCancellation, openPayment } from '@/data/holdDialog';
import { useHolds, useLapsed } from '@/data/holds';
import { dismiss, dismissedHolds } from '@/features/holds/dismissedHolds';
import { HoldCard } from '@/features/holds/HoldCard';
import { LapsedCard } from '@/features/holds/LapsedCard';
import { NoHolds } from '@/features/holds/NoHolds';
import { PendingHoldCard } from '@/features/holds/PendingHoldCard';
import { useAnimatedList } from '@/lib/animatedList';
import { useStore } from '@/lib/store';

interface HoldListProps {
  className: string;
  roomy: boolean;
  onDismissed: () => void;
}

/** Running reserve requests, running holds, and holds that have just lapsed. */
export function HoldList({ className, roomy, onDismissed }: HoldListProps) {
  const list = useAnimatedList<HTMLUListElement>();
  const holds = useHolds();
  const requests = usePendingReserves();
  const dismissedIds = useStore(dismissedHolds);
  const lapsed = useLapsed().filter(({ id }) => !dismissedIds.has(id));
  return (
    <>
      <ul ref={list} className={className}>
        {requests.map(({ key, quantity }) => (
          <PendingHoldCard key={key} quantity={quantity} />
        ))}
        {holds.map((hold) => (
          <HoldCard
            key={hold.id}
            hold={hold}
            roomy={roomy}
            onPay={() => {
              openPayment(hold);
            }}
            onCancel={() => {
              openCancellation(hold);
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
              onDismissed();
            }}
            onRepeatPayment={() => {
              openPayment(hold);
            }}
          />
        ))}
      </ul>
      {holds.length + requests.length + lapsed.length === 0 && <NoHolds />}
    </>
  );
}
