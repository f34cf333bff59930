import { Refusal, TooManyRequests } from '@/api/errors';
import type { Reservation, Waiter } from '@/api/types';
import { LOCALE } from '@/lib/locale';
import { grouped } from '@/lib/numbers';
import { clockTime, spokenDuration } from '@/lib/time';
import { HOLD_NEWS, unitsOf } from '@/texts/holds';
import { refusalText, type RefusalText } from '@/texts/refusals';
import { NOT_ANSWERED, PLEASE_RETRY, RETRY_LATER, SALE_ENDED } from '@/texts/sentences';

const rules = new Intl.PluralRules(LOCALE, { type: 'ordinal' });
const SUFFIXES: Partial<Record<Intl.LDMLPluralRule, string>> = { one: 'st', two: 'nd', few: 'rd' };

/** `1st`, `22nd`, `1,003rd`. */
export const ordinal = (position: number) => grouped(position) + (SUFFIXES[rules.select(position)] ?? 'th');

export const YOU_ARE = 'You are';
export const IN_LINE = 'in line';

/** A place in line, as one says it. */
export function placeText({ position }: Pick<Waiter, 'position'>): string {
  if (position === null) return `${YOU_ARE} ${IN_LINE}`;
  return `${YOU_ARE} ${position === 1 ? 'next' : ordinal(position)} ${IN_LINE}`;
}

/** An offer: a hold that the waiting list has made. */
export function offerText({ productName, quantity }: Reservation, seconds: number): string {
  const { made, payWithin } = HOLD_NEWS;
  return `${made(unitsOf(quantity, productName))}. ${payWithin(spokenDuration(seconds))}`;
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
  'sale-ended': `${SALE_ENDED}, so no more units are handed over.`,
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
    advice: `Places become free as shoppers get units or leave. ${RETRY_LATER}`,
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
    advice: `One shopper can join only so often in an hour. ${RETRY_LATER}`,
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
  join: { title: NOT_ANSWERED, advice: 'Joining is free of charge. Please press it again.' },
  leave: { title: NOT_ANSWERED, advice: PLEASE_RETRY },
};

/** The text for the error of a request to join or leave. Problems that a reserve has too are in its catalogue. */
export function waitingRefusal(error: Error, action: 'join' | 'leave'): RefusalText {
  if (error instanceof Refusal)
    return REFUSALS[error.reason]?.(error.problem) ?? refusalText(error, 'reserve');
  return error instanceof TooManyRequests ? refusalText(error, 'reserve') : NO_ANSWER[action];
}
