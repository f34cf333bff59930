import { useInfiniteQuery } from '@tanstack/react-query';
import { ScrollText } from 'lucide-react';

import { EmptyState } from '@/components/EmptyState';
import { Timestamp } from '@/components/Timestamp';
import { CHANGES_TEXTS, changeText } from '@/desk/texts/changes';
import { Pages } from '@/desk/Pages';
import { CHANGES, useSaleProduct } from '@/desk/queries';
import type { Change } from '@/desk/types';
import { VIEW_NAMES } from '@/desk/texts/frame';

/** What operators changed, newest first. */
export function ChangesView() {
  const changes = useInfiniteQuery(CHANGES);
  return (
    <section aria-labelledby="changes" className="flex flex-col gap-6 pt-8">
      <div>
        <h1 id="changes" className="text-title font-bold">
          {VIEW_NAMES.changes}
        </h1>
        <p className="mt-1.5 text-muted">{CHANGES_TEXTS.text}</p>
      </div>
      <Pages list={changes} empty={<NoChanges />}>
        {(items) => (
          <ol aria-label={VIEW_NAMES.changes} className="panel divide-y divide-line px-4 sm:px-5">
            {items.map((change) => (
              <Row key={change.id} change={change} />
            ))}
          </ol>
        )}
      </Pages>
    </section>
  );
}

function Row({ change }: { change: Change }) {
  const product = useSaleProduct(change.productId);
  return (
    <li className="flex flex-wrap items-baseline gap-x-6 gap-y-1 py-3.5">
      <div className="min-w-0 grow basis-72">
        <h2 className="font-semibold">
          <bdi>{change.productName}</bdi>
        </h2>
        <p className="text-muted">{changeText(change, product?.currency)}</p>
      </div>
      <p className="text-sm text-muted">
        <strong className="font-semibold text-ink">
          <bdi>{change.madeBy}</bdi>
        </strong>{' '}
        · <Timestamp at={change.madeAt} />
      </p>
    </li>
  );
}

function NoChanges() {
  return (
    <EmptyState
      picture={<ScrollText aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={CHANGES_TEXTS.nothing.title}
      text={CHANGES_TEXTS.nothing.text}
    />
  );
}
