import { useState } from 'react';

import { Button } from '@/components/Button';
import type { Entry } from '@/features/history/historyEntries';
import { HistoryRow } from '@/features/history/HistoryRow';
import { grouped } from '@/lib/numbers';
import { RESERVATIONS } from '@/texts/controls';
import { HISTORY } from '@/texts/history';

const PAGE = 20;

/** Reservations, newest first, with a button that shows more. */
export function HistoryList({ entries }: { entries: Entry[] }) {
  const [shown, setShown] = useState(PAGE);
  const more = entries.length - shown;
  return (
    <>
      <ul aria-label={RESERVATIONS} className="grid gap-3">
        {entries.slice(0, shown).map(({ reservation, status }) => (
          <HistoryRow key={reservation.id} reservation={reservation} status={status} />
        ))}
      </ul>
      {more > 0 && (
        <Button
          className="mx-auto"
          onClick={() => {
            setShown(shown + PAGE);
          }}
        >
          {HISTORY.more(grouped(Math.min(PAGE, more)))}
        </Button>
      )}
    </>
  );
}
