import type { Reservation, ReservationStatus, TimelineEntry } from '@/api/types';
import { Button } from '@/components/Button';
import { Timestamp } from '@/components/Timestamp';
import { useTimeline } from '@/data/useTimeline';
import { timelineText } from '@/texts/timelineEntries';
import { classes } from '@/lib/classes';
import { clockTime } from '@/lib/time';
import { TRY_AGAIN } from '@/texts/controls';
import { TIMELINE } from '@/texts/history';

interface TimelineProps {
  reservation: Reservation;
  status: ReservationStatus;
}

/** The timeline of a reservation: each change with its time and cause. */
export function Timeline({ reservation, status }: TimelineProps) {
  const { entries, failed, retry } = useTimeline(reservation, status);
  if (failed) return <TimelineUnavailable retry={retry} />;
  if (!entries) return <div role="status" aria-label={TIMELINE.loading} className="skeleton h-20" />;
  return (
    <>
      {reservation.replaces !== null && <p className="mb-3 text-sm text-muted">{TIMELINE.replaces}</p>}
      <ol
        aria-label={TIMELINE.label(reservation.productName)}
        className="grid animate-rise grid-cols-[auto_auto_1fr] gap-x-3"
      >
        {entries.map((entry, step) => (
          <Step key={`${entry.event} ${entry.at}`} entry={entry} last={step === entries.length - 1} />
        ))}
      </ol>
    </>
  );
}

const DOTS: Partial<Record<TimelineEntry['event'], string>> = {
  COMPLETED: 'bg-success',
  LAPSED: 'bg-faint',
  EXPIRED: 'bg-faint',
  CANCELLED: 'bg-faint',
};

function Step({ entry, last }: { entry: TimelineEntry; last: boolean }) {
  return (
    <li className="relative col-span-3 grid grid-cols-subgrid items-baseline pb-3 text-sm last:pb-0">
      {!last && (
        <span aria-hidden className="absolute top-3 start-[5px] bottom-0 w-px translate-y-1 bg-edge" />
      )}
      <span
        aria-hidden
        className={classes(
          'size-[11px] translate-y-px rounded-full border border-transparent',
          DOTS[entry.event] ?? 'bg-ember',
        )}
      />
      <span className="text-muted">
        <Timestamp at={entry.at} format={clockTime} />
      </span>
      <span className="font-semibold">{timelineText(entry)}</span>
    </li>
  );
}

function TimelineUnavailable({ retry }: { retry: () => void }) {
  return (
    <div className="flex flex-wrap items-center gap-3 text-sm text-muted">
      <p role="status">{TIMELINE.unavailable}</p>
      <Button onClick={retry}>{TRY_AGAIN}</Button>
    </div>
  );
}
