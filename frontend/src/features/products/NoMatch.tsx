import { SearchX } from 'lucide-react';

import { AppLink } from '@/components/AppLink';
import { EmptyState } from '@/components/EmptyState';
import { SEARCH } from '@/texts/productSearch';

/** Shown in place of the products if the search finds none. */
export default function NoMatch({ text }: { text: string }) {
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
