import { refusedAs } from '@/data/actions';

/** Why paying or giving back did not work, heard at once by screen readers since the dialog waits for it. */
export function SettleError({ error }: { error: Error | null }) {
  return (
    <p role="alert" className="mt-4 text-sm font-semibold text-rose empty:hidden">
      {error && explain(error)}
    </p>
  );
}

function explain(error: Error): string {
  if (refusedAs(error, 'reservation-expired'))
    return 'The hold has expired in the meantime. Nothing was charged.';
  if (refusedAs(error, 'not-active')) return 'This was settled in another window already.';
  return 'No answer from the shop. Trying again is safe: it counts only once.';
}
