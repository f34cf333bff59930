import { History, Unplug } from 'lucide-react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';

const LINK = 'inline-flex min-h-11 items-center font-semibold text-accent underline underline-offset-4';

export function EmptyHistory({ filtered }: { filtered: boolean }) {
  const picture = <History aria-hidden className="size-16 text-accent" strokeWidth={1.2} />;
  if (filtered)
    return (
      <EmptyState
        picture={picture}
        title="No reservations with this status"
        text="Other reservations are hidden by the filter."
      >
        <AppLink to={{ status: '' }} className={LINK}>
          Show all
        </AppLink>
      </EmptyState>
    );
  return (
    <EmptyState
      picture={picture}
      title="No reservations yet"
      text="Everything that you reserve is listed here."
    >
      <AppLink to={{ view: '', status: '' }} className={LINK}>
        Go to the shop
      </AppLink>
    </EmptyState>
  );
}

export function HistoryUnavailable({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title="The history cannot be loaded"
      text="The shop does not answer. The page keeps trying."
    >
      <Button onClick={retry}>Try again</Button>
    </EmptyState>
  );
}
