import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query';
import { Unplug } from 'lucide-react';
import type { ReactNode } from 'react';

import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import type { Page } from '@/desk/deskApi';
import { problemText } from '@/desk/texts/problems';
import { PAGES } from '@/desk/texts/frame';
import { TRY_AGAIN } from '@/texts/controls';

interface PagesProps<T> {
  list: UseInfiniteQueryResult<InfiniteData<Page<T>>>;
  /** In place of an empty list. */
  empty: ReactNode;
  children: (items: T[]) => ReactNode;
}

/** A list that is read page by page, with a button that reads the next one. */
export function Pages<T>({ list, empty, children }: PagesProps<T>) {
  const { data, error, isFetchingNextPage, hasNextPage, fetchNextPage, refetch } = list;
  if (!data && error) return <Failed error={error} retry={() => void refetch()} />;
  if (!data) return <div role="status" aria-label={PAGES.loading} className="skeleton h-24" />;
  const items = data.pages.flatMap((page) => page.items);
  if (items.length === 0) return empty;
  return (
    <>
      {children(items)}
      {hasNextPage && (
        <Button className="mx-auto" pending={isFetchingNextPage} onClick={() => void fetchNextPage()}>
          {PAGES.more}
        </Button>
      )}
    </>
  );
}

function Failed({ error, retry }: { error: Error; retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={PAGES.unavailable}
      text={problemText(error)}
    >
      <Button onClick={retry}>{TRY_AGAIN}</Button>
    </EmptyState>
  );
}
