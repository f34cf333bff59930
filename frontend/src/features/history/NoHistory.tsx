import { History, Unplug } from 'lucide-react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { Message } from '@/components/Message';

const LINK = 'inline-flex min-h-11 items-center font-semibold text-glow underline underline-offset-4';

export function NoHistory({ filtered }: { filtered: boolean }) {
  const picture = <History aria-hidden className="size-16 text-glow" strokeWidth={1.2} />;
  if (filtered)
    return (
      <Message picture={picture} title="None of these" text="No reservation of yours ended this way.">
        <AppLink to={{ status: '' }} className={LINK}>
          Show all
        </AppLink>
      </Message>
    );
  return (
    <Message
      picture={picture}
      title="No reservations yet"
      text="What you reserve, buy or give back is listed here."
    >
      <AppLink to={{ view: '', status: '' }} className={LINK}>
        See what is on sale
      </AppLink>
    </Message>
  );
}

export function SilentHistory({ retry }: { retry: () => void }) {
  return (
    <Message
      picture={<Unplug aria-hidden className="size-16 text-glow" strokeWidth={1.2} />}
      title="The history cannot be read"
      text="The shop does not answer. We keep trying."
    >
      <Button onClick={retry}>Try now</Button>
    </Message>
  );
}
