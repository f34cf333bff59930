import { useRef, useState } from 'react';

import { Refusal } from '@/api/errors';
import type { Product, Reservation } from '@/api/types';
import { useReserve } from '@/data/actions';
import { openPayment } from '@/data/holdDialog';
import type { ShopperUnits } from '@/data/shopperUnits';
import { mostAtOnce } from '@/features/products/stock';
import { useRefusal } from '@/features/products/useRefusal';
import { focusOn } from '@/lib/focus';
import { randomKey } from '@/lib/randomKey';
import { spokenDuration } from '@/lib/time';
import { showToast } from '@/lib/toasts';
import { HOLD_NEWS, HOLDS, unitsOf } from '@/texts/holds';
import { refusalText, type RefusalText } from '@/texts/refusals';
import { NOT_CHARGED } from '@/texts/sentences';

export interface ReserveForm {
  quantity: number;
  most: number;
  pending: boolean;
  refused: RefusalText | undefined;
  /** Show why a request was refused, or nothing. */
  show: (refused: RefusalText | undefined) => void;
  setQuantity: (quantity: number) => void;
  submit: () => void;
}

/** The state of one product's reserve form: the quantity, the running request and its refusal. */
export function useReserveForm(product: Product, own: ShopperUnits, holds: number): ReserveForm {
  const reserve = useReserve();
  const [wanted, setWanted] = useState(1);
  const { refused, show } = useRefusal(product, holds);
  const unansweredKey = useRef<string>(undefined);
  const running = useRef(false); // set before the next render, so that a double click sends one request
  const most = mostAtOnce(product, own.held + own.bought + own.waited);
  const quantity = Math.min(wanted, most);

  const submit = () => {
    if (running.current) return;
    running.current = true;
    unansweredKey.current ??= randomKey();
    show(undefined);
    reserve.mutate(
      { productId: product.id, quantity, key: unansweredKey.current },
      { onError, onSuccess, onSettled },
    );
  };
  const onSettled = () => {
    running.current = false;
  };
  const onSuccess = (hold: Reservation) => {
    unansweredKey.current = undefined;
    setWanted(1);
    announceHold(hold, product.holdSeconds);
  };
  const onError = (error: Error) => {
    if (error instanceof Refusal) unansweredKey.current = undefined;
    show(refusalText(error, 'reserve'));
  };
  const setQuantity = (next: number) => {
    unansweredKey.current = undefined; // another quantity is another request
    setWanted(next);
    show(undefined);
  };
  return { quantity, most, pending: reserve.isPending, refused, show, setQuantity, submit };
}

function announceHold(hold: Reservation, seconds: number): void {
  const pay = () => {
    focusOn(`reserve-${hold.productId}`); // the dialog returns the focus to it
    openPayment(hold);
  };
  const { made, payWithin } = HOLD_NEWS;
  const text = `${payWithin(spokenDuration(seconds))} ${NOT_CHARGED}`;
  showToast(made(unitsOf(hold.quantity, hold.productName)), text, { label: HOLDS.pay, run: pay });
}
