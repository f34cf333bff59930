import { useRef } from 'react';

import type { Product, Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { ProductStage } from '@/components/ProductStage';
import { phaseAt } from '@/data/holdPhase';
import { useProduct } from '@/data/products';
import { useLapses } from '@/data/lapses';
import { ExtendButton } from '@/features/holds/ExtendButton';
import { HoldDial } from '@/features/holds/HoldDial';
import { AddedTime } from '@/features/holds/AddedTime';
import { useExtension } from '@/features/holds/useExtension';
import { classes } from '@/lib/classes';
import { money } from '@/lib/numbers';
import { useServerTime } from '@/lib/ticker';
import { HOLDS } from '@/texts/holds';
import { lapseWarning } from '@/texts/refusals';
import { forName, onName } from '@/texts/names';

interface HoldCardProps {
  hold: Reservation;
  onPay: () => void;
  onCancel: () => void;
  /** In the holds view: with the product's picture and a large dial. */
  roomy: boolean;
}

/** A running hold with its countdown, its price and its actions. It can take the focus. */
export function HoldCard({ hold, onPay, onCancel, roomy }: HoldCardProps) {
  const card = useRef<HTMLLIElement>(null);
  const extension = useExtension(hold, () => card.current?.focus());
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  const lapses = useLapses(hold.productId);
  const product = useProduct(hold.productId);
  return (
    <li
      ref={card}
      id={`hold-${hold.id}`}
      tabIndex={-1}
      className={classes(
        'panel relative overflow-hidden focus:outline-3 focus:outline-offset-3 focus:outline-accent',
        urgent && 'animate-alarm border-urgent/70',
      )}
    >
      {roomy && <ProductStage product={product} soldOut={false} />}
      <div className="flex items-center gap-4 p-4">
        <div className="relative">
          <HoldDial hold={hold} urgent={urgent} size={roomy ? 'large' : 'small'} />
          <AddedTime expiresAt={hold.expiresAt} />
        </div>
        <Held hold={hold} product={product} urgent={urgent} heading={roomy ? 'h2' : 'h3'} />
      </div>
      <div className="flex flex-wrap gap-2 p-4 pt-0">
        {lapses > 0 && <p className="w-full text-sm text-muted">{lapseWarning(lapses)}</p>}
        <ExtendButton extension={extension} name={hold.productName} />
        <Button look="ember" className="grow" onClick={onPay}>
          {HOLDS.payAmount(money(hold.unitPrice * hold.quantity, product?.currency))}
          <span className="sr-only">{forName(hold.productName)}</span>
        </Button>
        <Button look="quiet" onClick={onCancel}>
          {HOLDS.cancel}
          <span className="sr-only">{onName(hold.productName)}</span>
        </Button>
      </div>
    </li>
  );
}

interface HeldProps {
  hold: Reservation;
  product: Product | undefined;
  urgent: boolean;
  heading: 'h2' | 'h3';
}

function Held({ hold, product, urgent, heading: Heading }: HeldProps) {
  return (
    <div className="min-w-0 grow">
      <Heading className="leading-snug font-semibold">
        <bdi>{hold.productName}</bdi>
      </Heading>
      <p className="text-sm text-muted">
        {hold.quantity} × {money(hold.unitPrice, product?.currency)}
      </p>
      <p className={classes('text-sm font-semibold', urgent ? 'text-urgent' : 'text-accent')}>
        {urgent ? HOLDS.urgent : HOLDS.calm}
      </p>
    </div>
  );
}
