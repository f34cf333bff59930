import { useRef, useState } from 'react';

import { Refusal } from '@/api/errors';
import type { Product } from '@/api/types';
import { useReserve } from '@/data/actions';
import type { ShopperUnits } from '@/features/products/shopperUnits';
import { refusalText } from '@/texts/refusals';
import { mostAtOnce } from '@/features/products/stock';
import { useRefusal, type ShownRefusal } from '@/features/products/useRefusal';
import { randomKey } from '@/lib/randomKey';
import { spokenDuration } from '@/lib/time';
import { showToast } from '@/lib/toasts';

export interface ReserveForm extends ShownRefusal {
  quantity: number;
  most: number;
  pending: boolean;
  setQuantity: (quantity: number) => void;
  submit: () => void;
}

/** The state of one product's reserve form: the quantity, the running request and its refusal. */
export function useReserveForm(product: Product, own: ShopperUnits, holds: number): ReserveForm {
  const reserve = useReserve();
  const [wanted, setWanted] = useState(1);
  const { refused, cooling, show } = useRefusal(product.name, holds);
  const unansweredKey = useRef<string>(undefined);
  const running = useRef(false); // set before the next render, so that a double click sends one request
  const most = mostAtOnce(product, own.held + own.bought);
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
  const onSuccess = () => {
    unansweredKey.current = undefined;
    setWanted(1);
    const units = quantity === 1 ? product.name : `${quantity} × ${product.name}`;
    showToast(
      `${units} held for you`,
      `Pay within ${spokenDuration(product.holdSeconds)}. You have not been charged.`,
    );
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
  return { quantity, most, pending: reserve.isPending, refused, cooling, setQuantity, submit };
}
