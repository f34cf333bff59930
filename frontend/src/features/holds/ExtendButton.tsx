import { TimerReset } from 'lucide-react';

import { Button } from '@/components/Button';
import { ActionError } from '@/features/holds/ActionError';
import type { Extension } from '@/features/holds/useExtension';
import { extendText } from '@/texts/extensions';
import { colonName } from '@/texts/names';

/** Extends a hold that is about to lapse. Until then it says when that is possible. Shows why the API refused. */
export function ExtendButton({ extension, name }: { extension: Extension; name: string }) {
  const { offered, seconds, left, note, pending, error, extend } = extension;
  return (
    <>
      {(offered || pending) && (
        <Button className="w-full" pending={pending} onClick={extend}>
          {!pending && <TimerReset aria-hidden className="size-5 text-accent" />}
          <span>
            {extendText(seconds, left)}
            <span className="sr-only">{colonName(name)}</span>
          </span>
        </Button>
      )}
      {!offered && !pending && !error && note && <p className="w-full text-sm text-muted">{note}</p>}
      <ActionError error={error} action="extend" />
    </>
  );
}
