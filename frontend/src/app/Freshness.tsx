import { useHoldsSync } from '@/data/holds';
import { useEarlyToken } from '@/data/useEarlyToken';
import { useFreshness } from '@/data/useFreshness';
import { HoldNews } from '@/features/holds/HoldNews';

/** What goes on in every view: keeping up with the server, and telling what it means for the holds. */
export function Freshness() {
  useFreshness();
  useHoldsSync();
  useEarlyToken();
  return <HoldNews />;
}
