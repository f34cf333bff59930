import { Handshake } from 'lucide-react';

import type { Product } from '@/api/types';
import { saleState } from '@/data/productState';
import type { ShopperUnits } from '@/data/shopperUnits';
import { useWaiter } from '@/data/waiters';
import type { ReserveForm } from '@/features/products/useReserveForm';
import { JoinList } from '@/features/products/waiting/JoinList';
import { PassedOver } from '@/features/products/waiting/PassedOver';
import { PlaceInLine } from '@/features/products/waiting/PlaceInLine';
import type { ButtonFace } from '@/features/products/waitingParts';
import { useServerTime } from '@/lib/ticker';
import { WAITING_LIST } from '@/texts/waitingList';

export interface WaitingListProps {
  product: Product;
  own: ShopperUnits;
  form: ReserveForm;
  /** Whether the main button is free for the waiting list: the product is sold out and the shopper holds none. */
  soldOut: boolean;
  /** Takes the main button. */
  take: (face: ButtonFace) => void;
}

/** The waiting list of a product, on its card: joining it, the place in line, and what has become of the place. */
export function WaitingList(props: WaitingListProps) {
  const { product, own, soldOut } = props;
  const entry = useWaiter(product.id);
  const over = useServerTime((now) => saleState(product, now) === 'over');
  if (entry?.status === 'WAITING' && !over) return <PlaceInLine {...props} entry={entry} />;
  if (own.hold) return entry?.reservationId === own.hold.id && <HandedOver />;
  const passedOver = entry?.status === 'PASSED_OVER' || entry?.status === 'WAITING';
  return (
    <>
      {passedOver && <PassedOver entry={entry} main={`reserve-${product.id}`} />}
      {soldOut && <JoinList {...props} />}
    </>
  );
}

function HandedOver() {
  return (
    <p className="flex items-center gap-2 text-sm font-semibold text-accent">
      <Handshake aria-hidden className="size-4 shrink-0" />
      {WAITING_LIST.handedOver}
    </p>
  );
}
