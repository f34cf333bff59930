/** A press the server has not answered yet: a place is kept, and nothing is promised. */
export function PressedCard({ quantity }: { quantity: number }) {
  return (
    <li className="panel flex items-center gap-4 p-4" aria-busy="true">
      <span aria-hidden className="skeleton size-20 rounded-full" />
      <p className="text-muted">Asking for {quantity === 1 ? 'your unit' : `${quantity} units`}…</p>
    </li>
  );
}
