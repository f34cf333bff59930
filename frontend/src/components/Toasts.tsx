import * as Toast from '@radix-ui/react-toast';
import { CircleCheck, X } from 'lucide-react';

import { Button } from '@/components/Button';
import { dismissToast, toast } from '@/lib/toasts';
import { useStore } from '@/lib/store';
import { DISMISS, NEWS } from '@/texts/controls';

/** A short confirmation, with what the shopper may do next. Anything important also stands in the page. */
export default function Toasts() {
  const shown = useStore(toast);
  return (
    <Toast.Provider duration={5000} swipeDirection="right" label={NEWS}>
      {shown && (
        <Toast.Root
          key={shown.id}
          onOpenChange={(open) => {
            if (!open) dismissToast(shown.id);
          }}
          className="panel flex animate-rise items-start gap-3 p-4"
        >
          <CircleCheck aria-hidden className="mt-0.5 size-5 shrink-0 text-success" />
          <div className="min-w-0 grow wrap-anywhere">
            <Toast.Title className="line-clamp-2 font-semibold">{shown.title}</Toast.Title>
            <Toast.Description className="text-sm text-muted">{shown.text}</Toast.Description>
          </div>
          {shown.action && (
            <Toast.Action asChild altText={shown.action.label}>
              <Button look="ember" className="shrink-0" onClick={shown.action.run}>
                {shown.action.label}
              </Button>
            </Toast.Action>
          )}
          <Toast.Close
            aria-label={DISMISS}
            className="-m-2 grid size-11 shrink-0 place-items-center rounded-control text-muted hover:text-ink"
          >
            <X aria-hidden className="size-4" />
          </Toast.Close>
        </Toast.Root>
      )}
      <Toast.Viewport className="fixed inset-x-3 top-3 z-50 sm:inset-x-auto sm:top-auto sm:end-6 sm:bottom-6 sm:w-96" />
    </Toast.Provider>
  );
}
