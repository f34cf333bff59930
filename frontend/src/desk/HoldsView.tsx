import { Search, SearchX } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { FoundHolds } from '@/desk/FoundHolds';
import { TextField } from '@/desk/TextField';
import { addressWith, goTo, useSearch } from '@/lib/searchParams';
import { CLEAR, VIEW_NAMES } from '@/desk/texts/frame';
import { SEARCH } from '@/desk/texts/holds';

const UUID = '[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}';

/** Reservations by the id of a reservation, a shopper or a product, which is in the address. */
export function HoldsView() {
  const params = new URLSearchParams(useSearch());
  const [id, product] = [params.get('id') ?? '', params.get('product') ?? ''];
  return (
    <section aria-labelledby="holds" className="flex flex-col gap-6 pt-8">
      <div>
        <h1 id="holds" className="text-title font-bold">
          {VIEW_NAMES.holds}
        </h1>
        <p className="mt-1.5 text-muted">{SEARCH.text}</p>
      </div>
      <SearchForm key={id} id={id} />
      {product !== '' && (
        <p>
          {SEARCH.ofProduct}{' '}
          <AppLink
            to={{ product: '' }}
            className="inline-flex min-h-11 items-center font-semibold text-accent underline"
          >
            {CLEAR}
          </AppLink>
        </p>
      )}
      <Results id={id} product={product} />
    </section>
  );
}

function SearchForm({ id }: { id: string }) {
  const [text, setText] = useState(id);
  const search = (event: SyntheticEvent) => {
    event.preventDefault();
    goTo(addressWith({ id: text.trim().toLowerCase(), product: '' }));
  };
  return (
    <form role="search" onSubmit={search} className="flex max-w-2xl flex-wrap items-end gap-3">
      <div className="min-w-0 grow basis-80">
        <TextField
          label={SEARCH.label}
          value={text}
          onChange={setText}
          required
          pattern={`\\s*${UUID}\\s*`}
          title={SEARCH.form}
          placeholder={SEARCH.example}
          spellCheck={false}
          className="font-mono text-sm"
        />
      </div>
      <Button type="submit" look="ember">
        <Search aria-hidden className="size-4" />
        {SEARCH.find}
      </Button>
    </form>
  );
}

function Results({ id, product }: { id: string; product: string }) {
  if (id !== '') return <FoundHolds key={id} queries={[{ reservationId: id }, { shopperId: id }]} />;
  if (product !== '')
    return <FoundHolds key={product} queries={[{ productId: product, status: 'ACTIVE' }]} />;
  return (
    <EmptyState
      picture={<SearchX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={SEARCH.nothingYet.title}
      text={SEARCH.nothingYet.text}
    />
  );
}
