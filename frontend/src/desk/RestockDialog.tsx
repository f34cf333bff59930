import { useState, type SyntheticEvent } from 'react';

import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { RadioGroup } from '@/components/RadioGroup';
import { ActionProblem } from '@/desk/ActionProblem';
import { restock } from '@/desk/deskApi';
import type { ProductDialogProps } from '@/desk/PauseDialog';
import { useAction } from '@/desk/queries';
import { TextField } from '@/desk/TextField';
import { showToast } from '@/lib/toasts';
import { CLOSE } from '@/desk/texts/frame';
import { RESTOCK } from '@/desk/texts/product';

const MOST = 1_000_000;
const WAYS = [
  { value: 'add', label: RESTOCK.add },
  { value: 'remove', label: RESTOCK.remove },
] as const;

type Way = (typeof WAYS)[number]['value'];

/** Adds units to a product, or takes available ones out. The button names what it does. */
export function RestockDialog({ product, onClose }: ProductDialogProps) {
  const [way, setWay] = useState<Way>('add');
  const [text, setText] = useState('10');
  const action = useAction((quantity: number) => restock(product.id, quantity));
  const units = Number(text);
  const valid = Number.isInteger(units) && units >= 1 && units <= MOST;
  const adds = way === 'add';
  const submit = (event: SyntheticEvent) => {
    event.preventDefault();
    if (!valid || action.isPending) return;
    action.mutate(adds ? units : -units, {
      onSuccess: () => {
        showToast(adds ? RESTOCK.added : RESTOCK.removed, RESTOCK.done(product.name, units, adds));
        onClose();
      },
    });
  };
  return (
    <Dialog title={RESTOCK.title(product.name)} onClose={onClose}>
      <form onSubmit={submit} className="grid gap-4">
        <h2 className="text-2xl font-semibold">{RESTOCK.title(product.name)}</h2>
        <RadioGroup label={RESTOCK.what} name="way" options={WAYS} value={way} onChange={setWay} />
        <TextField
          label={RESTOCK.units}
          type="number"
          inputMode="numeric"
          required
          min={1}
          max={MOST}
          value={text}
          onChange={setText}
          hint={<Outcome available={product.availableStock} units={valid ? units : 0} adds={adds} />}
        />
        <ActionProblem error={action.error} />
        <div className="flex flex-wrap justify-end gap-3">
          <Button onClick={onClose}>{CLOSE}</Button>
          <Button
            type="submit"
            look={adds ? 'ember' : 'danger'}
            pending={action.isPending}
            unavailable={!valid}
          >
            {RESTOCK.confirm(adds, valid ? units : undefined)}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}

interface OutcomeProps {
  available: number;
  units: number;
  adds: boolean;
}

/** What will be available. Held and sold units cannot be taken out. */
function Outcome({ available, units, adds }: OutcomeProps) {
  const after = adds ? available + units : available - units;
  if (after < 0) return RESTOCK.tooMany(available);
  return RESTOCK.outcome(available, after);
}
