import { ListPlus } from 'lucide-react';
import { useState } from 'react';

import { Stepper } from '@/components/Stepper';
import { useJoin } from '@/data/waiterActions';
import { mostWaitedFor } from '@/features/products/stock';
import { useMainButton } from '@/features/products/waiting/useMainButton';
import type { WaitingListProps } from '@/features/products/waiting/WaitingList';
import { announce } from '@/lib/announcements';
import { lineLength, placeText, waitingRefusal } from '@/texts/waiting';

/** Joins the waiting list of a sold-out product. */
export function JoinList({ product, own, form, take }: WaitingListProps) {
  const [wanted, setWanted] = useState(1);
  const most = mostWaitedFor(product, own.held + own.bought);
  const quantity = Math.min(wanted, most);
  const join = useJoin(
    (entry) => {
      announce(`${product.name}: ${placeText(entry)}.`);
    },
    (error) => {
      form.show(waitingRefusal(error, 'join'));
    },
  );
  useMainButton(take, {
    text: 'Join the waiting list',
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
            label={`Quantity of ${product.name} to wait for`}
            value={quantity}
            most={most}
            onChange={setWanted}
          />
        )}
        <p className="min-w-0 font-semibold">
          {product.waiting > 0 ? lineLength(product.waiting) : 'Nobody waits yet'}
        </p>
      </div>
      <p className="text-sm text-muted">
        {own.lapsed && <strong className="font-semibold text-ink">Your hold has expired. </strong>}
        Units that come back go to the line, in order.
      </p>
    </>
  );
}
