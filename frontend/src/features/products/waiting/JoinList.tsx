import { ListPlus } from 'lucide-react';
import { useState } from 'react';

import { Stepper } from '@/components/Stepper';
import { useJoin } from '@/data/waiterActions';
import { mostWaitedFor } from '@/features/products/stock';
import { useMainButton } from '@/features/products/waiting/useMainButton';
import type { WaitingListProps } from '@/features/products/waiting/WaitingList';
import { announce } from '@/lib/announcements';
import { YOUR_HOLD_EXPIRED } from '@/texts/sentences';
import { lineLength, placeText, waitingRefusal } from '@/texts/waiting';
import { LINE_NEWS, WAITING_LIST } from '@/texts/waitingList';

/** Joins the waiting list of a sold-out product. */
export function JoinList({ product, own, form, take }: WaitingListProps) {
  const [wanted, setWanted] = useState(1);
  const most = mostWaitedFor(product, own.held + own.bought);
  const quantity = Math.min(wanted, most);
  const join = useJoin(
    (entry) => {
      announce(LINE_NEWS.joined(product.name, placeText(entry)));
    },
    (error) => {
      form.show(waitingRefusal(error, 'join'));
    },
  );
  useMainButton(take, {
    text: WAITING_LIST.join,
    Icon: ListPlus,
    look: 'ember',
    pending: join.isPending,
    press: () => {
      form.show(undefined);
      join.mutate({ productId: product.id, quantity });
    },
  });
  return (
    <>
      <div className="flex items-center gap-3 text-sm">
        {most > 1 && (
          <Stepper
            label={WAITING_LIST.quantity(product.name)}
            value={quantity}
            most={most}
            onChange={setWanted}
          />
        )}
        <p className="min-w-0 font-semibold">
          {product.waiting > 0 ? lineLength(product.waiting) : WAITING_LIST.nobody}
        </p>
      </div>
      <p className="text-sm text-muted">
        {own.lapsed && <strong className="font-semibold text-ink">{YOUR_HOLD_EXPIRED} </strong>}
        {WAITING_LIST.rule}
      </p>
    </>
  );
}
