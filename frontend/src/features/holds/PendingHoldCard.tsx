/** A placeholder for a hold while the reserve request runs. */
export function PendingHoldCard({ quantity }: { quantity: number }) {
  return (
    <li className="panel flex items-center gap-4 p-4" aria-busy="true">
      <span aria-hidden className="skeleton size-20 rounded-full" />
      <p className="text-muted">Reserving {quantity === 1 ? 'your unit' : `${quantity} units`}…</p>
    </li>
  );
}
