import { Refusal, TooManyRequests } from '@/api/errors';
import { TOO_MANY } from '@/texts/sentences';

/** What went wrong, in words for the operator. */
export function problemText(error: Error): string {
  if (error instanceof TooManyRequests) return `${TOO_MANY}. Try again in a moment.`;
  if (!(error instanceof Refusal))
    return 'The API did not answer. It may have made the change: look before you try again.';
  const { title, detail, errors } = error.problem;
  const fields = (errors ?? []).map(({ field, message }) => (field ? `${field} ${message}` : message));
  return fields.length > 0 ? `${title}: ${fields.join('; ')}.` : detail || `${title}.`;
}
