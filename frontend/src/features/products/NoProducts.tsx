import { Unplug } from 'lucide-react';

import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';

/** Shown while the API has not answered yet and requests fail. */
export function NoProducts({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title="The shop cannot be reached"
      text="The page keeps trying. You keep your holds until their time ends."
    >
      <Button onClick={retry}>Try again</Button>
    </EmptyState>
  );
}
