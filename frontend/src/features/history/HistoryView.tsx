import { RadioGroup } from '@/components/RadioGroup';
import { useHistory } from '@/data/history';
import { statusAt } from '@/data/reservationStatus';
import { entries, STATUSES, type Entry, type Status } from '@/features/history/historyEntries';
import { HistoryList } from '@/features/history/HistoryList';
import { HistorySkeleton } from '@/features/history/HistorySkeleton';
import { EmptyHistory, HistoryUnavailable } from '@/features/history/EmptyHistory';
import { SummaryRow } from '@/features/history/SummaryRow';
import { summary } from '@/features/history/summary';
import { addressWith, goTo, useSearchParam } from '@/lib/searchParams';
import { serverNow } from '@/lib/serverClock';
import { useServerTime } from '@/lib/ticker';
import { ALL, SHOW, STATUS_NAMES } from '@/texts/controls';
import { HISTORY } from '@/texts/history';

const LABELS: Record<Status, string> = { ALL: ALL, ...STATUS_NAMES };

/** All reservations of the shopper. */
export default function HistoryView() {
  const { reservations, loading, failed, retry } = useHistory();
  const empty = reservations.length === 0;
  const wanted = useSearchParam('status', STATUSES);
  // renders again when a hold lapses
  useServerTime((now) => reservations.map((each) => statusAt(each, now)).join());
  const now = serverNow();
  return (
    <section aria-labelledby="history" className="flex flex-col gap-6 pt-8">
      <h1 id="history" className="text-title font-bold">
        {HISTORY.title}
      </h1>
      <SummaryRow numbers={summary(reservations, now)} />
      <RadioGroup
        label={SHOW}
        name="status"
        options={STATUSES.map((value) => ({ value, label: LABELS[value] }))}
        value={wanted}
        onChange={(value) => {
          goTo(addressWith({ status: value === 'ALL' ? '' : value }), 'replace');
        }}
      />
      {empty && loading && <HistorySkeleton />}
      {empty && failed && <HistoryUnavailable retry={retry} />}
      {!(empty && (loading || failed)) && (
        <FilteredHistory entries={entries(reservations, wanted, now)} wanted={wanted} />
      )}
    </section>
  );
}

function FilteredHistory({ entries: listed, wanted }: { entries: Entry[]; wanted: Status }) {
  if (listed.length === 0) return <EmptyHistory filtered={wanted !== 'ALL'} />;
  return <HistoryList key={wanted} entries={listed} />;
}
