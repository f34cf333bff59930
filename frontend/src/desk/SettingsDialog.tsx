import { TriangleAlert } from 'lucide-react';
import { useState, type SyntheticEvent } from 'react';

import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { Select } from '@/components/Select';
import { ActionProblem } from '@/desk/ActionProblem';
import { changeProduct } from '@/desk/deskApi';
import type { ProductDialogProps } from '@/desk/PauseDialog';
import { closing, DRAWN, edited, settingsOf, type Settings } from '@/desk/productSettings';
import { useAction } from '@/desk/queries';
import { sellingState } from '@/desk/figures';
import { TextArea } from '@/desk/TextArea';
import { TextField } from '@/desk/TextField';
import type { ProductChange } from '@/desk/types';
import { serverNow } from '@/lib/serverClock';
import { showToast } from '@/lib/toasts';
import { CLOSE } from '@/desk/texts/frame';
import { SETTINGS } from '@/desk/texts/product';

const ZONE = Intl.DateTimeFormat().resolvedOptions().timeZone;
const LONGEST_HOLD = 43_200;

/** Changes how a product is shown, and when and how it is sold. Only what was edited is sent. */
export function SettingsDialog({ product, onClose }: ProductDialogProps) {
  const [before] = useState(() => settingsOf(product));
  const [after, setAfter] = useState(before);
  const action = useAction((change: ProductChange) => changeProduct(product.id, change));
  const change = edited(before, after);
  const isOpen = ['selling', 'sold-out'].includes(sellingState(product, serverNow()));
  const warning = change && isOpen ? closing(change, serverNow()) : null;
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!change || action.isPending) return;
    action.mutate(change, {
      onSuccess: () => {
        showToast(SETTINGS.done, SETTINGS.doneText(product.name));
        onClose();
      },
    });
  };
  return (
    <Dialog title={SETTINGS.title(product.name)} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-2">
        <h2 className="text-2xl font-semibold">{SETTINGS.title(product.name)}</h2>
        <p className="text-sm text-muted">{SETTINGS.currency(product.currency)}</p>
        <Inputs settings={after} onChange={setAfter} />
        <PictureInputs settings={after} onChange={setAfter} />
        <ActionProblem error={action.error} />
        {warning && (
          <p className="mt-2 flex gap-2 text-sm font-semibold text-low-stock">
            <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
            {warning}
          </p>
        )}
        <div className="mt-4 flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{CLOSE}</Button>
          <Button
            type="submit"
            look={warning ? 'danger' : 'ember'}
            pending={action.isPending}
            unavailable={!change}
          >
            {warning ? SETTINGS.saveAndClose : SETTINGS.save}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface InputsProps {
  settings: Settings;
  onChange: (settings: Settings) => void;
}

const binder =
  ({ settings, onChange }: InputsProps) =>
  (name: keyof Settings) => ({
    value: settings[name],
    onChange: (value: string) => {
      onChange({ ...settings, [name]: value });
    },
  });

function Inputs(props: InputsProps) {
  const bind = binder(props);
  const instant = { type: 'datetime-local', step: 1 };
  const count = { type: 'number', inputMode: 'numeric', min: 1 } as const;
  return (
    <>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <TextField label={SETTINGS.starts} {...instant} {...bind('saleStartsAt')} hint={SETTINGS.noStart} />
        <TextField label={SETTINGS.ends} {...instant} {...bind('saleEndsAt')} hint={SETTINGS.noEnd} />
      </div>
      <p className="text-sm text-muted">{SETTINGS.zone(ZONE)}</p>
      <div className="grid gap-x-4 sm:grid-cols-2">
        <TextField label={SETTINGS.limit} {...count} {...bind('maxPerShopper')} hint={SETTINGS.noLimit} />
        <TextField
          label={SETTINGS.hold}
          {...count}
          max={LONGEST_HOLD}
          {...bind('holdSeconds')}
          hint={SETTINGS.usualHold}
        />
      </div>
    </>
  );
}

const DRAWINGS = ['', ...Object.keys(DRAWN)].map((value) => ({
  value,
  label: SETTINGS.drawing(value),
}));

function PictureInputs(props: InputsProps) {
  const bind = binder(props);
  return (
    <>
      <TextArea label={SETTINGS.description} maxLength={2000} {...bind('description')} />
      <TextField label={SETTINGS.image} maxLength={2000} {...bind('imageUrl')} hint={SETTINGS.imageHint} />
      <div className="mt-2">
        <Select label={SETTINGS.noImage} options={DRAWINGS} {...bind('illustration')} />
      </div>
    </>
  );
}
