import { Refusal, TooManyRequests } from '@/api/errors';
import type { Reservation, Waiter } from '@/api/types';
import { LOCALE } from '@/lib/locale';
import { grouped } from '@/lib/numbers';
import { clockTime, spokenDuration } from '@/lib/time';
import { refusalText, type RefusalText } from '@/texts/refusals';

const rules = new Intl.PluralRules(LOCALE, { type: 'ordinal' });
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `22nd`, `1,003rd`. */
export const ordinal = (position: number) => grouped(position) + (SUFFIXES[rules.select(position)] ?? 'th');

/** A place in line, as one says it. */
export function placeText({ position }: Pick<Waiter, 'position'>): string {
  if (position === null) return 'You are in line';
  return position === 1 ? 'You are next in line' : `You are ${ordinal(position)} in line`;
}

/** What leads the title, the announcement and the notification of an offer. */
export const YOUR_TURN = 'Your turn';

/** An offer: a hold that the waiting list has made. */
export function offerText({ productName, quantity }: Reservation, seconds: number): string {
  const units = quantity === 1 ? productName : `${grouped(quantity)} × ${productName}`;
  return `${units} held for you. Pay within ${spokenDuration(seconds)}.`;
}

/** `1 shopper waits`, `12 shoppers wait`. */
export const lineLength = (count: number) =>
  count === 1 ? '1 shopper waits' : `${grouped(count)} shoppers wait`;

/**
 * When the shopper's turn may come, from the running holds at `now` (server's clock). It is no promise: a hold that is
 * paid for frees nothing.
 */
export function estimateText({ earliestOfferAt }: Pick<Waiter, 'earliestOfferAt'>, now: number): string {
  if (earliestOfferAt === null)
    return 'The running holds do not free enough units for your place. More come back if shoppers cancel, or if later holds are not paid.';
  if (Date.parse(earliestOfferAt) <= now) return 'The holds ahead have ended. Your turn may come now.';
  return `At the earliest at ${clockTime(earliestOfferAt)}, if the holds that end by then are not paid.`;
}

const PASSED_OVER: Record<NonNullable<Waiter['reason']>, string> = {
  'limit-exceeded': 'You already had as many units as one shopper can have. The next in line got the unit.',
  'too-many-holds':
    'You had too many holds, so the next in line got the unit. Pay or cancel a hold, then join again.',
  'cooling-down':
    'You had to wait after lapsed holds, so the next in line got the unit. Join again when that time is over.',
  'sale-ended': 'The sale has ended, so no more units are handed over.',
};

/** What became of a place in line that got no unit. */
export function passedOverText(reason: Waiter['reason']): RefusalText {
  const closed = reason === null || reason === 'sale-ended';
  return {
    title: closed ? 'The waiting list is closed' : 'Your turn was passed over',
    advice: PASSED_OVER[closed ? 'sale-ended' : reason],
  };
}

/** The problems that only waiting lists have. */
const REFUSALS: Record<string, (members: Record<string, unknown>) => RefusalText> = {
  'in-stock': ({ availableStock }) => ({
    title: 'It is available now',
    advice: `${grouped(Number(availableStock))} left. Press Reserve.`,
  }),
  'waiting-list-full': () => ({
    title: 'The waiting list is full',
    advice: 'Places become free as shoppers get units or leave. Please try again later.',
  }),
  'already-waiting': () => ({
    title: 'You already wait for this product',
    advice: 'To wait for another number of units, leave the line and join again.',
  }),
  'too-many-holds': ({ activeHolds }) => ({
    title: `You have ${grouped(Number(activeHolds))} holds and places in line`,
    advice: 'One shopper cannot have more. Pay or cancel a hold, or leave a line.',
    hold: null,
  }),
  'too-many-joins': () => ({
    title: 'You have joined too many lists',
    advice: 'One shopper can join only so often in an hour. Please try again later.',
  }),
  'not-waiting': () => ({
    title: 'You do not wait any more',
    advice: 'The card shows what has become of your place.',
  }),
  'not-found': () => ({
    title: 'The shop does not have this waiting list',
    advice: 'It may not sell the product any more.',
  }),
};

const NO_ANSWER: Record<'join' | 'leave', RefusalText> = {
  join: { title: 'The shop did not answer', advice: 'Joining is free of charge. Please press it again.' },
  leave: { title: 'The shop did not answer', advice: 'Please try again.' },
};

/** The text for the error of a request to join or leave. Problems that a reserve has too are in its catalogue. */
export function waitingRefusal(error: Error, action: 'join' | 'leave'): RefusalText {
  if (error instanceof Refusal)
    return REFUSALS[error.reason]?.(error.problem) ?? refusalText(error, 'reserve');
  return error instanceof TooManyRequests ? refusalText(error, 'reserve') : NO_ANSWER[action];
}
