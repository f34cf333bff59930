import { History, Unplug } from 'lucide-react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { TRY_AGAIN } from '@/texts/controls';
import { HISTORY } from '@/texts/history';

const LINK = 'inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-4';

export function EmptyHistory({ filtered }: { filtered: boolean }) {
  const picture = <History aria-hidden className="size-16 text-accent" strokeWidth={1.2} />;
  if (filtered)
    return (
      <EmptyState picture={picture} title={HISTORY.nothingFiltered.title} text={HISTORY.nothingFiltered.text}>
        <AppLink to={{ status: '' }} className={LINK}>
          {HISTORY.nothingFiltered.showAll}
        </AppLink>
      </EmptyState>
    );
  return (
    <EmptyState picture={picture} title={HISTORY.nothing.title} text={HISTORY.nothing.text}>
      <AppLink to={{ view: '', status: '' }} className={LINK}>
        {HISTORY.nothing.toShop}
      </AppLink>
    </EmptyState>
  );
}

export function HistoryUnavailable({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={HISTORY.unavailable.title}
      text={HISTORY.unavailable.text}
    >
      <Button onClick={retry}>{TRY_AGAIN}</Button>
    </EmptyState>
  );
}
