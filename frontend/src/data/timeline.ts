import { keepPreviousData, useQuery } from '@tanstack/react-query';

import { getReservation } from '@/api/reservations';
import type { Reservation, ReservationStatus, TimelineEntry } from '@/api/types';

export interface Timeline {
  entries: TimelineEntry[] | undefined;
  failed: boolean;
  retry: () => void;
}

/** What happened to a reservation, oldest first: asked for when somebody looks, and again when something happened. */
export function useTimeline({ id, expiresAt }: Reservation, status: ReservationStatus): Timeline {
  const { data, isError, refetch } = useQuery({
    queryKey: ['timeline', id, status, expiresAt],
    queryFn: async ({ signal }) => (await getReservation(id, signal)).timeline,
    placeholderData: keepPreviousData,
    refetchInterval: false,
  });
  return { entries: data, failed: isError && data === undefined, retry: () => void refetch() };
}
