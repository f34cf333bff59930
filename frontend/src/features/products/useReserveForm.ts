import { useRef, useState } from 'react';

import { Refusal } from '@/api/errors';
import type { Product } from '@/api/types';
import { useReserve } from '@/data/actions';
import { tellRefusal, type Refused } from '@/features/products/refusal';
import { mostAtOnce } from '@/features/products/stock';
import { announce } from '@/lib/announcer';
import { newKey } from '@/lib/key';
import { spokenDuration } from '@/lib/time';
import { showToast } from '@/lib/toasts';

export interface ReserveForm {
  quantity: number;
  most: number;
  pending: boolean;
  refused: Refused | undefined;
  setQuantity: (quantity: number) => void;
  press: () => void;
}

/** One product's press on Reserve: how many, whether it is being answered, and what came of it. */
export function useReserveForm(product: Product): ReserveForm {
  const reserve = useReserve();
  const [wanted, setWanted] = useState(1);
  const unanswered = useRef<string>(undefined);
  const pressed = useRef(false); // known before the next drawing, so that a double click is one press
  const most = mostAtOnce(product);
  const quantity = Math.min(wanted, most);

  const press = () => {
    if (pressed.current) return;
    pressed.current = true;
    unanswered.current ??= newKey();
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
    const { title, advice } = tellRefusal(error);
    announce(`${product.name}: ${title}. ${advice}`);
  };
  const setQuantity = (next: number) => {
    unanswered.current = undefined; // another quantity is another wish
    setWanted(next);
    reserve.reset();
  };
  const refused = reserve.error ? tellRefusal(reserve.error) : undefined;
  return { quantity, most, pending: reserve.isPending, refused, setQuantity, press };
}
