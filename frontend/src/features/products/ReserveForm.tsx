import { Suspense, useState } from 'react';

import type { Product } from '@/api/types';
import { Button } from '@/components/Button';
import { Stepper } from '@/components/Stepper';
import { openPayment } from '@/data/holdDialog';
import { knownRefusals } from '@/data/knownRefusals';
import { obstacleTo, type Obstacle } from '@/data/obstacle';
import type { ShopperUnits } from '@/data/shopperUnits';
import { useWaiter } from '@/data/waiters';
import { CardNote } from '@/features/products/CardNote';
import { PayText } from '@/features/products/PayText';
import { WaitingList, type ButtonFace } from '@/features/products/waitingParts';
import { useReserveForm, type ReserveForm as Form } from '@/features/products/useReserveForm';
import { useKeptFocus } from '@/lib/keptFocus';
import { useStore } from '@/lib/store';
import { useServerTime } from '@/lib/ticker';
import { CARD, OBSTACLES } from '@/texts/card';

interface ReserveFormProps {
  product: Product;
  own: ShopperUnits;
  holds: number;
}

/** Quantity and button. After a reserve request the same button pays for the hold, so the focus can stay where it is. */
export function ReserveForm({ product, own, holds }: ReserveFormProps) {
  const form = useReserveForm(product, own, holds);
  const obstacle = useFormObstacle({ product, own, holds }, form.pending);
  const { hold } = own;
  const soldOut = !hold && obstacle === 'sold-out';
  const [face, setFace] = useState<ButtonFace>();
  const entry = useWaiter(product.id);
  const waiting = soldOut ? face : undefined;
  return (
    <div className="flex flex-col gap-3">
      <div className="flex gap-2">
        {!hold && obstacle === null && <Quantity product={product} form={form} />}
        <Button
          id={buttonId(product)}
          look="ember"
          className="min-w-0 grow"
          pending={form.pending && !hold}
          unavailable={!hold && obstacle !== null}
          onClick={() => {
            if (hold) openPayment(hold);
            else form.submit();
          }}
          {...waiting}
        >
          {hold && <PayText hold={hold} />}
          {!hold && (waiting?.children ?? <span>{reserveText(product, own, form, obstacle)}</span>)}
          {!hold && <span className="sr-only"> {product.name}</span>}
        </Button>
      </div>
      {hold && obstacle === null && <ReserveMore product={product} form={form} />}
      <Suspense>
        {(soldOut || entry) && (
          <WaitingList product={product} own={own} form={form} soldOut={soldOut} take={setFace} />
        )}
      </Suspense>
      <CardNote
        product={product}
        obstacle={obstacle}
        refused={form.refused}
        own={own}
        waits={entry?.status === 'WAITING'}
      />
    </div>
  );
}

const buttonId = ({ id }: Product) => `reserve-${id}`;

/** What is known against a request. While one is running, the stock and the holds shown already include it. */
function useFormObstacle({ product, own, holds }: ReserveFormProps, pending: boolean): Obstacle | null {
  const known = useStore(knownRefusals);
  const obstacle = useServerTime((now) => obstacleTo(product, { own, holds, known }, now));
  return pending && (obstacle === 'limit' || obstacle === 'sold-out' || obstacle === 'holds')
    ? null
    : obstacle;
}

interface FormProps {
  product: Product;
  form: Form;
}

function Quantity({ product, form }: FormProps) {
  return (
    <Stepper
      label={CARD.quantity(product.name)}
      value={form.quantity}
      most={form.most}
      onChange={form.setQuantity}
    />
  );
}

function ReserveMore({ product, form }: FormProps) {
  // When the last unit that the shopper may have is held, the row goes.
  const row = useKeptFocus<HTMLDivElement>(buttonId(product));
  return (
    <div ref={row} className="flex gap-2">
      <Quantity product={product} form={form} />
      <Button className="min-w-0 grow" pending={form.pending} onClick={form.submit}>
        <MoreText quantity={form.quantity} />
        <span className="sr-only"> {product.name}</span>
      </Button>
    </div>
  );
}

function MoreText({ quantity }: { quantity: number }) {
  return (
    <span>
      <span className="sr-only">{CARD.reserve} </span>
      {CARD.more(quantity)}
    </span>
  );
}

function reserveText(
  { maxPerShopper }: Product,
  own: ShopperUnits,
  form: Form,
  obstacle: Obstacle | null,
): string {
  if (obstacle === 'limit')
    return CARD.limit(own.held + own.bought + own.waited, maxPerShopper ?? 0, own.waited > 0);
  if (obstacle !== null) return OBSTACLES[obstacle];
  if (form.quantity > 1) return CARD.reserveMany(form.quantity);
  return own.lapsed ? CARD.reserveAgain : CARD.reserve;
}
