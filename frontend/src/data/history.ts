import { useQuery } from '@tanstack/react-query';

import { shopper } from '@/api/identity';
import type { Reservation } from '@/api/types';
import { readReservations, reservations } from '@/data/reservations';
import { useStore } from '@/lib/store';

const PAGE = 200;
const MOST = 1000;

export interface History {
  reservations: Reservation[];
  loading: boolean;
  failed: boolean;
  retry: () => void;
}

/** The shopper's reservations, newest first: at once as last known, then as the server lists them. */
export function useHistory(): History {
  const known = useStore(shopper);
  const { isLoading, isError, refetch } = useQuery({
    queryKey: ['history', known?.shopperId],
    queryFn: ({ signal }) => readReservations(PAGE, signal, (seen) => seen.length >= MOST),
    enabled: known !== null,
    refetchOnMount: 'always',
  });
  return {
    reservations: useStore(reservations),
    loading: isLoading,
    failed: isError,
    retry: () => void refetch(),
  };
}
