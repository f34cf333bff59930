import { useInfiniteQuery } from '@tanstack/react-query';

import { Count, ViewLinks, type Place } from '@/components/ViewLinks';
import { refundsOf } from '@/desk/queries';
import { NAVIGATION, toView, type View } from '@/desk/views';
import { OPEN_REFUNDS } from '@/desk/texts/frame';

export function DeskNavigation({ current, place }: { current: View; place: Place }) {
  return (
    <ViewLinks
      views={NAVIGATION}
      current={current}
      place={place}
      toView={toView}
      spacing="px-3 lg:px-4"
      count={(view) => view === 'refunds' && <OpenRefunds place={place} />}
    />
  );
}

/** How many refunds wait. */
function OpenRefunds({ place }: { place: Place }) {
  const [first] = useInfiniteQuery(refundsOf('open')).data?.pages ?? [];
  if (!first || first.items.length === 0) return null;
  return (
    <Count place={place} meaning={OPEN_REFUNDS}>
      {first.items.length}
      {first.next !== undefined && '+'}
    </Count>
  );
}
