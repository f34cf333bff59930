import { useQueries } from '@tanstack/react-query';
import { SearchX, Unplug } from 'lucide-react';

import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { HoldRow } from '@/desk/HoldRow';
import { problemText } from '@/desk/texts/problems';
import { foundBy } from '@/desk/queries';
import type { HoldsQuery } from '@/desk/types';
import { SEARCH } from '@/desk/texts/holds';
import { RESERVATIONS, TRY_AGAIN } from '@/texts/controls';

/** What the queries find together: an id may be a reservation's or a shopper's. */
export function FoundHolds({ queries }: { queries: HoldsQuery[] }) {
  const answers = useQueries({ queries: queries.map(foundBy) });
  const found = answers.flatMap(({ data }) => data?.items ?? []);
  const failed = answers.find(({ isError }) => isError);
  const more = answers.some(({ data }) => data?.next !== undefined);
  if (found.length > 0)
    return (
      <>
        <ul aria-label={RESERVATIONS} className="grid gap-3">
          {found.map((reservation) => (
            <HoldRow key={reservation.id} reservation={reservation} />
          ))}
        </ul>
        {more && <p className="text-sm text-muted">{SEARCH.newest(found.length)}</p>}
      </>
    );
  if (failed?.error) return <Failed error={failed.error} retry={() => void failed.refetch()} />;
  if (answers.some(({ isPending }) => isPending))
    return <div role="status" aria-label={SEARCH.searching} className="skeleton h-24" />;
  return (
    <EmptyState
      picture={<SearchX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={SEARCH.nothing.title}
      text={SEARCH.nothing.text}
    />
  );
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={SEARCH.failed}
      text={problemText(error)}
    >
      <Button onClick={retry}>{TRY_AGAIN}</Button>
    </EmptyState>
  );
}
