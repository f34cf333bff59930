import { Refusal } from '@/api/errors';

interface SettleErrorProps {
  error: Error | null;
  /** What is so when there was no answer. */
  silence?: string;
}

const SILENCE = 'No answer from the shop. Trying again is safe: it counts only once.';

const REASONS: Record<string, string> = {
  'reservation-expired': 'The hold has expired in the meantime. Nothing was charged.',
  'not-active': 'This was settled in another window already.',
  'not-found': 'The shop does not know this hold any more. Nothing was charged.',
  'payment-declined': 'Card declined. Your hold goes on; choose the other card.',
  'payment-used': 'This payment was used before. Nothing was charged; please try again.',
  'extension-limit': 'It cannot be kept any longer than this.',
};

/** Why what was pressed did not work, heard at once by screen readers since they wait for it. */
export function SettleError({ error, silence = SILENCE }: SettleErrorProps) {
  return (
    <p role="alert" className="text-sm font-semibold text-rose empty:hidden">
      {error && (error instanceof Refusal ? (REASONS[error.reason] ?? error.message) : silence)}
    </p>
  );
}
