import { TimerReset } from 'lucide-react';

import { Button } from '@/components/Button';
import { ActionError } from '@/features/holds/ActionError';
import type { Extension } from '@/features/holds/useExtension';
import { countdown } from '@/lib/time';

/** Extends a hold that is about to lapse. Shows the reason if the API refuses. */
export function ExtendButton({ extension, name }: { extension: Extension; name: string }) {
  const { offered, seconds, pending, error, extend } = extension;
  return (
    <>
      {(offered || pending) && (
        <Button className="w-full" pending={pending} onClick={extend}>
          {!pending && <TimerReset aria-hidden className="size-5 text-accent" />}
          <span>
            Extend by {countdown(seconds)}
            <span className="sr-only">: {name}</span>
          </span>
        </Button>
      )}
      <ActionError error={error} action="extend" />
    </>
  );
}
