import type { Reservation } from '@/api/types';
import { useMoney } from '@/data/products';
import { useSecondsUntil } from '@/lib/ticker';
import { countdown } from '@/lib/time';
import { HOLDS } from '@/texts/holds';
import { forName } from '@/texts/names';

/** `Pay $1,199 · 1:58`. Screen readers get the time from the hold's timer, so that the button's name stays the same. */
export function PayText({ hold }: { hold: Reservation }) {
  const money = useMoney(hold.productId);
  const seconds = useSecondsUntil(Date.parse(hold.expiresAt));
  return (
    <span>
      {HOLDS.payAmount(money(hold.unitPrice * hold.quantity))}
      <span aria-hidden> · {countdown(seconds)}</span>
      <span className="sr-only">{forName(hold.productName)}</span>
    </span>
  );
}
