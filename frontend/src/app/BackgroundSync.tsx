import { useTokenPrefetch } from '@/data/useTokenPrefetch';
import { useProductHeartbeat } from '@/data/productHeartbeat';
import { useReleaseRefetch } from '@/data/releaseRefetch';
import { useReservationSync } from '@/data/reservationSync';
import { HoldAnnouncements } from '@/features/holds/HoldAnnouncements';

/** What runs in every view: requests to the API and announcements about holds. */
export function BackgroundSync() {
  useProductHeartbeat();
  useReleaseRefetch();
  useReservationSync();
  useTokenPrefetch();
  return <HoldAnnouncements />;
}
