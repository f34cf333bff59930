import { TimerReset } from 'lucide-react';

import { Button } from '@/components/Button';
import { SettleError } from '@/features/holds/SettleError';
import type { Extension } from '@/features/holds/useExtension';
import { countdown } from '@/lib/time';

/** More time for a hold that is running out, and why not if it was refused. */
export function ExtendOffer({ extension, name }: { extension: Extension; name: string }) {
  const { offered, seconds, pending, error, extend } = extension;
  return (
    <>
      {(offered || pending) && (
        <Button className="w-full" pending={pending} onClick={extend}>
          {!pending && <TimerReset aria-hidden className="size-5 text-glow" />}
          <span>
            Keep it {countdown(seconds)} longer<span className="sr-only">: {name}</span>
          </span>
        </Button>
      )}
      <SettleError error={error} silence="No answer from the shop. The dial shows what is so." />
    </>
  );
}
