import { NAVIGATION, toView, type View } from '@/app/views';
import { Count, ViewLinks, type Place } from '@/components/ViewLinks';
import { useHolds } from '@/data/holds';
import { RUNNING } from '@/texts/page';

export function Navigation({ current, place }: { current: View; place: Place }) {
  const holds = useHolds().length;
  const running = holds > 0 && (
    <Count place={place} meaning={RUNNING}>
      {holds}
    </Count>
  );
  return (
    <ViewLinks
      views={NAVIGATION}
      current={current}
      place={place}
      toView={toView}
      spacing="px-4"
      count={(view) => view === 'holds' && running}
    />
  );
}
