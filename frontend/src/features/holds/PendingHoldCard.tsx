import { HOLDS } from '@/texts/holds';

/** A placeholder for a hold while the reserve request runs. */
export function PendingHoldCard({ quantity }: { quantity: number }) {
  return (
    <li className="panel flex items-center gap-4 p-4" aria-busy="true">
      <span aria-hidden className="skeleton size-20 rounded-full" />
      <p className="text-muted">{HOLDS.reserving(quantity)}</p>
    </li>
  );
}
