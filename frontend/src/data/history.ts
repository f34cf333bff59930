import { useQuery } from '@tanstack/react-query';

import { listReservations } from '@/api/reservations';
import type { Reservation } from '@/api/types';
import { connection, pollInterval } from '@/data/connection';
import { forget, remember, remembered } from '@/data/remembered';
import { useStore } from '@/lib/store';

const SLOWER = 5;

export interface History {
  reservations: Reservation[];
  loading: boolean;
  failed: boolean;
  retry: () => void;
}

/** Every reservation this browser made, newest first: at once from memory, then as the server tells it. */
export function useHistory(): History {
  const reservations = useStore(remembered);
  const { isPending, isError, refetch } = useQuery({
    queryKey: ['history'],
    queryFn: ({ signal }) => syncHistory(signal),
    refetchInterval: () => pollInterval() * (connection.get().failures > 0 ? 1 : SLOWER),
  });
  return { reservations, loading: isPending, failed: isError, retry: () => void refetch() };
}

/** Walk the server's list until every remembered reservation was met; what it does not know, it never had. */
async function syncHistory(signal: AbortSignal): Promise<number> {
  const wanted = new Set(remembered.get().map((each) => each.id));
  const asked = wanted.size;
  let after: string | undefined;
  while (wanted.size > 0) {
    const page = await listReservations(after === undefined ? {} : { after }, signal);
    const mine = page.reservations.filter((each) => wanted.delete(each.id));
    remember(mine);
    after = page.next;
    if (after === undefined) break;
  }
  forget(wanted);
  return asked;
}
