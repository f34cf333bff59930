import { Suspense } from 'react';

import { useTokenPrefetch } from '@/data/useTokenPrefetch';
import { useProductHeartbeat } from '@/data/productHeartbeat';
import { useReleaseRefetch } from '@/data/releaseRefetch';
import { useReservationSync } from '@/data/reservationSync';
import { waiters } from '@/data/waiters';
import { HoldAnnouncements } from '@/features/holds/HoldAnnouncements';
import { WaitingSync } from '@/features/products/waitingParts';
import { useStore } from '@/lib/store';

/** What runs in every view: requests to the API and announcements about holds and places in line. */
export function BackgroundSync() {
  useProductHeartbeat();
  useReleaseRefetch();
  useReservationSync();
  useTokenPrefetch();
  const waits = useStore(waiters).length > 0;
  return (
    <>
      <HoldAnnouncements />
      <Suspense>{waits && <WaitingSync />}</Suspense>
    </>
  );
}
