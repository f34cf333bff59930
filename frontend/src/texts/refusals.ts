import { Refusal, TooManyRequests } from '@/api/errors';
import { grouped } from '@/lib/numbers';
import { NOTES, partOf } from '@/texts/card';
import { isolated } from '@/texts/names';
import {
  NOT_ANSWERED,
  NOT_CHARGED,
  NOT_OPEN,
  PLEASE_RETRY,
  PLEASE_WAIT,
  RESERVE_AGAIN_IN,
  SALE_PAUSED,
  STILL_PAY,
  THE_HOLD_EXPIRED,
  TOO_MANY,
} from '@/texts/sentences';

/** What a request that failed means for the shopper: what happened, then what to do. */
export interface RefusalText {
  title: string;
  advice: string;
  /** The hold that the shopper can pay or cancel to get further; null means any of them. */
  hold?: string | null;
  /** When the shopper can try again: milliseconds of the server's clock. */
  until?: number;
}

export type Action = 'reserve' | 'extend' | 'complete' | 'cancel';

/** Members of a problem besides `type`, `title`, `status` and `detail`. */
type Members = Record<string, unknown>;

/** One text for each problem that the API can answer to an action of the shopper. */
const REFUSALS: Record<string, (members: Members) => RefusalText> = {
  'insufficient-stock': insufficientStock,
  'limit-exceeded': limitExceeded,
  'too-many-holds': ({ activeHolds }) => ({
    title: `You have ${grouped(number(activeHolds))} holds`,
    advice: 'This is the highest number for one shopper. Pay or cancel one of them, then try again.',
    hold: null,
  }),
  'cooling-down': ({ lapses, until }) =>
    cooldownText({ lapses: number(lapses), until: Date.parse(String(until)) }),
  'sale-not-open': () => ({
    title: NOT_OPEN,
    advice: 'The card shows when it starts or ended.',
  }),
  'sale-paused': () => ({
    title: SALE_PAUSED,
    advice: `You can reserve again when it goes on. ${STILL_PAY}`,
  }),
  'reservation-expired': () => ({ title: THE_HOLD_EXPIRED, advice: NOT_CHARGED }),
  'not-active': () => ({
    title: 'This hold has already ended',
    advice: 'You have paid or cancelled it in another window, or the shop has released it.',
  }),
  'not-found': () => ({ title: 'The shop does not have this hold', advice: NOT_CHARGED }),
  'payment-declined': () => ({
    title: 'Card declined',
    advice: 'You still have the hold. Choose the other card.',
  }),
  'payment-used': () => ({
    title: 'This payment was already used',
    advice: `You have not been charged again. ${PLEASE_RETRY}`,
  }),
  'extension-limit': ({ othersWait }) => ({
    title: othersWait === true ? 'Others wait for this product' : 'This hold cannot be extended again',
    advice: `${othersWait === true ? 'A hold of it can be extended only once. ' : ''}Pay before its time ends.`,
  }),
  'extension-too-early': () => ({
    title: 'It is too early to extend this hold',
    advice: 'You can extend it shortly before its time ends.',
  }),
};

const NO_ANSWER: Record<Action, RefusalText> = {
  reserve: {
    title: NOT_ANSWERED,
    advice: 'Reserving is free of charge. Please press Reserve again.',
  },
  extend: { title: NOT_ANSWERED, advice: 'The countdown shows when the hold ends.' },
  complete: { title: NOT_ANSWERED, advice: `${PLEASE_RETRY} You are charged only once.` },
  cancel: { title: NOT_ANSWERED, advice: PLEASE_RETRY },
};

const TOO_MANY_REQUESTS: RefusalText = {
  title: TOO_MANY,
  advice: 'The shop is still answering your earlier requests. Please wait a second, then try again.',
};

/** The text for the error of an action. A problem without a text of its own is shown as the API words it. */
export function refusalText(error: Error, action: Action): RefusalText {
  if (error instanceof TooManyRequests) return TOO_MANY_REQUESTS;
  if (!(error instanceof Refusal)) return NO_ANSWER[action];
  const { problem } = error;
  return REFUSALS[error.reason]?.(problem) ?? { title: problem.title, advice: problem.detail };
}

/** A running cooldown. `until` is milliseconds of the server's clock. */
export function cooldownText({ lapses, until }: { lapses: number; until: number }): RefusalText {
  const advice = `You let ${grouped(lapses)} holds lapse or cancelled too many. Other shoppers can reserve now.`;
  return { title: PLEASE_WAIT, advice, until };
}

/** A refusal as screen readers hear it. `wait` is how long the shopper has to wait before the next try, if they have to. */
export function spokenRefusal(product: string, { title, advice }: RefusalText, wait?: string): string {
  const again = wait === undefined ? '' : ` ${RESERVE_AGAIN_IN} ${wait}.`;
  return `${isolated(product)}: ${title}. ${advice}${again}`;
}

export const reserveAgain = (product: string) => `You can reserve ${isolated(product)} again.`;

/** The warning before a lapse that may start a cooldown, for a shopper who let this many holds of the product lapse. */
export function lapseWarning(lapses: number): string {
  const before = lapses === 1 ? 'a hold' : `${grouped(lapses)} holds`;
  return `You let ${before} of this product lapse. If this one lapses too, you may have to wait before you can reserve it again.`;
}

function insufficientStock({ availableStock }: Members): RefusalText {
  const left = number(availableStock);
  return left > 0
    ? {
        title: `Only ${grouped(left)} left`,
        advice: `Other shoppers were faster. ${stillReserve(left)}`,
      }
    : {
        title: 'Just sold out',
        advice: 'Another shopper was faster. A unit becomes available if a hold lapses.',
      };
}

const stillReserve = (units: number) => `You can still reserve ${grouped(units)}.`;

function limitExceeded({ held: own, limit: most, reservationId }: Members): RefusalText {
  const [held, limit] = [number(own), number(most)];
  const advice =
    held < limit
      ? stillReserve(limit - held)
      : `${NOTES.limitUsed(held, limit)} Held and bought units both count.`;
  if (typeof reservationId === 'string')
    return { title: 'You already hold this product', advice, hold: reservationId };
  if (held === 0) return { title: `Only ${grouped(limit)} per shopper`, advice };
  return { title: `You have bought ${partOf(held, limit)}`, advice };
}

const number = (member: unknown) => (typeof member === 'number' ? member : 0);
