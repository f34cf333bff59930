import { Refusal } from '@/api/errors';

/** What a shopper is told when a press did not reserve: what happened, then what can be done. */
export interface Refused {
  title: string;
  advice: string;
}

const TELL: Record<string, (problem: Record<string, unknown>) => Refused> = {
  'insufficient-stock': ({ availableStock: left }) =>
    typeof left === 'number' && left > 0
      ? { title: `Only ${left} left`, advice: `Somebody was quicker. You can still reserve ${left}.` }
      : { title: 'Just sold out', advice: 'Somebody was quicker. Units come back when a hold lapses.' },
  'sale-not-open': () => ({ title: 'Not on sale right now', advice: 'The card shows when it is.' }),
};

const SILENT: Refused = {
  title: 'No answer from the shop',
  advice: 'Nothing is charged by reserving. Please press again.',
};

export function tellRefusal(error: Error): Refused {
  if (!(error instanceof Refusal)) return SILENT;
  const { problem } = error;
  return TELL[error.reason]?.(problem) ?? { title: problem.title, advice: problem.detail };
}
