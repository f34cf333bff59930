import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { getReservation } from '@/api/reservations';
import type { Reservation, ReservationStatus, TimelineEntry } from '@/api/types';

export interface Timeline {
  entries: TimelineEntry[] | undefined;
  failed: boolean;
  retry: () => void;
}

/** The timeline of a reservation. It is read when opened, and again when the status or the end of the hold changes. */
export function useTimeline({ id, expiresAt }: Reservation, status: ReservationStatus): Timeline {
  const { data, isError, refetch } = useQuery({
    queryKey: ['timeline', id, status, expiresAt],
    queryFn: async ({ signal }) => (await getReservation(id, signal)).timeline,
    placeholderData: keepPreviousData,
  });
  return { entries: data, failed: isError && data === undefined, retry: () => void refetch() };
}
