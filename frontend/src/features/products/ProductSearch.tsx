import { Search, SearchX } from 'lucide-react';
import { useEffect, useId, useRef } from 'react';

import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { announce } from '@/lib/announcements';
import { addressWith, goTo } from '@/lib/searchParams';
import { SEARCH } from '@/texts/productSearch';

const PAUSE_MS = 600;

interface ProductSearchProps {
  text: string;
  /** How many products the page shows. */
  found: number;
}

/** The search field. The text is kept in the address; the number of results is announced after a pause in typing. */
export function ProductSearch({ text, found }: ProductSearchProps) {
  const id = useId();
  useAnnouncedResult(text, found);
  return (
    <div role="search" className="relative">
      <label htmlFor={id} className="sr-only">
        {SEARCH.label}
      </label>
      <Search aria-hidden className="pointer-events-none absolute top-3.5 start-3.5 size-4 text-muted" />
      <input
        id={id}
        type="search"
        value={text}
        placeholder={SEARCH.label}
        autoComplete="off"
        enterKeyHint="search"
        onChange={(event) => {
          goTo(addressWith({ search: event.target.value }), 'replace');
        }}
        className="min-h-11 w-full rounded-control border border-edge bg-surface pe-3 ps-10 placeholder:text-muted hover:border-accent"
      />
    </div>
  );
}

function useAnnouncedResult(text: string, found: number): void {
  const before = useRef(text);
  useEffect(() => {
    if (text === before.current) return;
    const pause = setTimeout(() => {
      before.current = text;
      announce(SEARCH.found(found));
    }, PAUSE_MS);
    return () => {
      clearTimeout(pause);
    };
  }, [text, found]);
}

/** Shown in place of the products if the search finds none. */
export function NoMatch({ text }: { text: string }) {
  return (
    <EmptyState
      picture={<SearchX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={SEARCH.none(text)}
      text={SEARCH.hint}
    >
      <AppLink
        to={{ search: '', show: '' }}
        className="inline-flex min-h-11 items-center font-semibold text-accent underline"
      >
        {SEARCH.clear}
      </AppLink>
    </EmptyState>
  );
}
