import { Refusal } from '@/api/errors';

/** What a shopper is told when a press did not reserve: what happened, then what can be done. */
export interface Refused {
  title: string;
  advice: string;
  /** Something can be done about it at this hold, or, where it is null, at any. */
  hold?: string | null;
  /** Until when pressing again is in vain, in milliseconds of the server's clock. */
  until?: number;
}

type Members = Record<string, unknown>;

const TELL: Record<string, (problem: Members) => Refused> = {
  'insufficient-stock': tooFew,
  'limit-exceeded': overLimit,
  'too-many-holds': ({ activeHolds }) => ({
    title: `You have ${number(activeHolds)} holds running`,
    advice: 'That is as many as one shopper can have. Pay for one or give one back, then press again.',
    hold: null,
  }),
  'cooling-down': ({ lapses, until }) => ({
    title: 'A short break',
    advice: `You let ${number(lapses)} holds of this lapse, so others have a chance first.`,
    until: Date.parse(String(until)),
  }),
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

function tooFew({ availableStock }: Members): Refused {
  const left = number(availableStock);
  return left > 0
    ? { title: `Only ${left} left`, advice: `Somebody was quicker. You can still reserve ${left}.` }
    : { title: 'Just sold out', advice: 'Somebody was quicker. Units come back when a hold lapses.' };
}

function overLimit({ held: had, limit: most, reservationId }: Members): Refused {
  const [held, limit] = [number(had), number(most)];
  const advice =
    held < limit
      ? `You can still reserve ${limit - held}.`
      : `That makes ${held} of ${limit} per shopper, held and bought together.`;
  if (typeof reservationId === 'string')
    return { title: 'You already hold this', advice, hold: reservationId };
  if (held === 0) return { title: `Only ${limit} per shopper`, advice };
  const enough = 'That is as many as one shopper can have, so that there are some for others.';
  const yours = held < limit ? `${held} of ${limit}` : `your ${held} of ${limit}`;
  return { title: `You have bought ${yours}`, advice: held < limit ? advice : enough };
}

const number = (member: unknown) => (typeof member === 'number' ? member : 0);
