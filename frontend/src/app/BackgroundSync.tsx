import { Suspense, useEffect } from 'react';

import { useTokenPrefetch } from '@/data/useTokenPrefetch';
import { useProducts } from '@/data/products';
import { useProductHeartbeat } from '@/data/productHeartbeat';
import { useReleaseRefetch } from '@/data/releaseRefetch';
import { useReservationSync } from '@/data/reservationSync';
import { waiters } from '@/data/waiters';
import { HoldAnnouncements } from '@/features/holds/HoldAnnouncements';
import { WaitingSync } from '@/features/products/waitingParts';
import { registerServiceWorker } from '@/lib/serviceWorker';
import { useStore } from '@/lib/store';
import { whenIdle } from '@/lib/whenIdle';

/** What runs in every view: requests to the API and announcements about holds and places in line. */
export function BackgroundSync() {
  useProductHeartbeat();
  useReleaseRefetch();
  useReservationSync();
  useTokenPrefetch();
  useOfflineCopy();
  const waits = useStore(waiters).length > 0;
  return (
    <>
      <HoldAnnouncements />
      <Suspense>{waits && <WaitingSync />}</Suspense>
    </>
  );
}

/** Keep a copy of the page for when there is no network: once it is complete, so that the first load does not wait. */
function useOfflineCopy(): void {
  const ready = useProducts().products !== undefined;
  useEffect(() => {
    if (ready) void whenIdle().then(() => registerServiceWorker().catch(() => undefined));
  }, [ready]);
}
