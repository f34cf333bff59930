import { Choice } from '@/components/Choice';
import { useHistory } from '@/data/history';
import { statusAt } from '@/data/status';
import { entries, STATUSES, type Entry, type Status } from '@/features/history/filter';
import { HistoryList } from '@/features/history/HistoryList';
import { HistorySkeleton } from '@/features/history/HistorySkeleton';
import { NoHistory, SilentHistory } from '@/features/history/NoHistory';
import { NumbersRow } from '@/features/history/NumbersRow';
import { summary } from '@/features/history/summary';
import { addressWith, goTo, useSearchParam } from '@/lib/searchParams';
import { serverNow } from '@/lib/serverClock';
import { useServerTime } from '@/lib/ticker';

const LABELS: Record<Status, string> = {
  ALL: 'All',
  ACTIVE: 'Held',
  COMPLETED: 'Bought',
  CANCELLED: 'Given back',
  EXPIRED: 'Expired',
};

/** Everything the shopper reserved, and what became of it. */
export default function HistoryView() {
  const { reservations, loading, failed, retry } = useHistory();
  const empty = reservations.length === 0;
  const wanted = useSearchParam('status', STATUSES);
  // draws anew when a hold lapses
  useServerTime((now) => reservations.map((each) => statusAt(each, now)).join());
  const now = serverNow();
  return (
    <section aria-labelledby="history" className="flex flex-col gap-6 pt-8">
      <h1 id="history" className="text-title font-bold">
        Your history
      </h1>
      <NumbersRow numbers={summary(reservations, now)} />
      <Choice
        label="Show"
        name="status"
        options={STATUSES.map((value) => ({ value, label: LABELS[value] }))}
        value={wanted}
        onChange={(value) => {
          goTo(addressWith({ status: value === 'ALL' ? '' : value }), 'replace');
        }}
      />
      {empty && loading && <HistorySkeleton />}
      {empty && failed && <SilentHistory retry={retry} />}
      {!(empty && (loading || failed)) && (
        <Listed entries={entries(reservations, wanted, now)} wanted={wanted} />
      )}
    </section>
  );
}

function Listed({ entries: listed, wanted }: { entries: Entry[]; wanted: Status }) {
  if (listed.length === 0) return <NoHistory filtered={wanted !== 'ALL'} />;
  return <HistoryList key={wanted} entries={listed} />;
}
