import { Flame, PackagePlus, Pause, Play, SlidersHorizontal } from 'lucide-react';
import { useState } from 'react';

import { AppLink } from '@/components/AppLink';
import { Button } from '@/components/Button';
import { ActionProblem } from '@/desk/ActionProblem';
import { changeProduct } from '@/desk/deskApi';
import { PauseDialog } from '@/desk/PauseDialog';
import { useAction } from '@/desk/queries';
import { RestockDialog } from '@/desk/RestockDialog';
import { SettingsDialog } from '@/desk/SettingsDialog';
import type { SaleProduct } from '@/desk/types';
import { toView } from '@/desk/views';
import { showToast } from '@/lib/toasts';
import { VIEW_NAMES } from '@/desk/texts/frame';
import { ACTIONS } from '@/desk/texts/product';
import { ofName } from '@/texts/names';

const DIALOGS = { restock: RestockDialog, settings: SettingsDialog, pause: PauseDialog };

/** What an operator can do to a product. Each opens a dialog, except to resume a sale. */
export function ProductActions({ product }: { product: SaleProduct }) {
  const [open, setOpen] = useState<keyof typeof DIALOGS | null>(null);
  const Dialog = open && DIALOGS[open];
  const opens = (dialog: keyof typeof DIALOGS) => () => {
    setOpen(dialog);
  };
  return (
    <div className="mt-auto grid gap-2">
      <div className="flex flex-wrap gap-2">
        <Button onClick={opens('restock')}>
          <PackagePlus aria-hidden className="size-4" />
          {ACTIONS.restock}
          <span className="sr-only"> {product.name}</span>
        </Button>
        <Button onClick={opens('settings')}>
          <SlidersHorizontal aria-hidden className="size-4" />
          {ACTIONS.settings}
          <span className="sr-only">{ofName(product.name)}</span>
        </Button>
        <AppLink to={{ ...toView('holds'), product: product.id }} className={HOLDS}>
          <Flame aria-hidden className="size-4" />
          {VIEW_NAMES.holds}
          <span className="sr-only">{ofName(product.name)}</span>
        </AppLink>
        {product.retiredAt === null && <PauseOrResume product={product} onPause={opens('pause')} />}
      </div>
      {Dialog && (
        <Dialog
          product={product}
          onClose={() => {
            setOpen(null);
          }}
        />
      )}
    </div>
  );
}

const HOLDS =
  'inline-flex min-h-11 items-center gap-2 rounded-control px-4 font-semibold text-muted hover:bg-line hover:text-ink';

/** One button for both, so that the focus stays where it is. */
function PauseOrResume({ product, onPause }: { product: SaleProduct; onPause: () => void }) {
  const resume = useAction(() => changeProduct(product.id, { paused: false }));
  const start = () => {
    resume.mutate(undefined, {
      onSuccess: () => {
        showToast(ACTIONS.resumed, ACTIONS.resumedText(product.name));
      },
    });
  };
  const Icon = product.paused ? Play : Pause;
  return (
    <>
      <Button
        look={product.paused ? 'ember' : 'danger'}
        className="ms-auto"
        pending={resume.isPending}
        onClick={product.paused ? start : onPause}
      >
        <Icon aria-hidden className="size-4" />
        {product.paused ? ACTIONS.resume : ACTIONS.pause}
        <span className="sr-only">{ACTIONS.saleOf(product.name)}</span>
      </Button>
      <ActionProblem error={resume.error} />
    </>
  );
}
