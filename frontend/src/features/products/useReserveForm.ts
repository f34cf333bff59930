import { useRef, useState } from 'react';

import { Refusal } from '@/api/errors';
import type { Product } from '@/api/types';
import { useReserve } from '@/data/actions';
import type { Own } from '@/features/products/own';
import { tellRefusal } from '@/features/products/refusal';
import { mostAtOnce } from '@/features/products/stock';
import { useRefused, type ShownRefusal } from '@/features/products/useRefused';
import { newKey } from '@/lib/key';
import { spokenDuration } from '@/lib/time';
import { showToast } from '@/lib/toasts';

export interface ReserveForm extends ShownRefusal {
  quantity: number;
  most: number;
  pending: boolean;
  setQuantity: (quantity: number) => void;
  press: () => void;
}

/** One product's press on Reserve: how many, whether it is being answered, and what came of it. */
export function useReserveForm(product: Product, own: Own, holds: number): ReserveForm {
  const reserve = useReserve();
  const [wanted, setWanted] = useState(1);
  const { refused, cooling, show } = useRefused(product.name, holds);
  const unanswered = useRef<string>(undefined);
  const pressed = useRef(false); // known before the next drawing, so that a double click is one press
  const most = mostAtOnce(product, own.held + own.bought);
  const quantity = Math.min(wanted, most);

  const press = () => {
    if (pressed.current) return;
    pressed.current = true;
    unanswered.current ??= newKey();
    show(undefined);
    reserve.mutate(
      { productId: product.id, quantity, key: unanswered.current },
      { onError, onSuccess, onSettled },
    );
  };
  const onSettled = () => {
    pressed.current = false;
  };
  const onSuccess = () => {
    unanswered.current = undefined;
    setWanted(1);
    const units = quantity === 1 ? product.name : `${quantity} × ${product.name}`;
    showToast(
      `${units} held for you`,
      `Pay within ${spokenDuration(product.holdSeconds)}. Nothing is charged yet.`,
    );
  };
  const onError = (error: Error) => {
    if (error instanceof Refusal) unanswered.current = undefined;
    show(tellRefusal(error));
  };
  const setQuantity = (next: number) => {
    unanswered.current = undefined; // another quantity is another wish
    setWanted(next);
    show(undefined);
  };
  return { quantity, most, pending: reserve.isPending, refused, cooling, setQuantity, press };
}
