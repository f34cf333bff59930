import type { ReactNode } from 'react';

import { grouped } from '@/lib/numbers';
import { isolated } from '@/texts/names';
import { PLEASE_WAIT, RESERVE_AGAIN_IN, SALE_PAUSED, STILL_PAY } from '@/texts/sentences';

/** The button of a product's card, and what stands beside it. */
export const CARD = {
  holding: (units: number) => `You hold ${grouped(units)}`,
  quantity: (product: string) => `Quantity of ${isolated(product)}`,
  reserve: 'Reserve',
  reserveAgain: 'Reserve again',
  reserveMany: (units: number) => `Reserve ${grouped(units)}`,
  /** Follows `reserve`. */
  more: (units: number) => `${units} more`,
  limit: (units: number, limit: number, waits: boolean) =>
    `You have ${waits ? 'or wait for ' : ''}${partOf(units, limit)}`,
  toHold: 'Go to your hold',
  toHolds: 'Go to your holds',
};

/** What the button shows if nothing can be reserved. */
export const OBSTACLES = {
  upcoming: 'Not open yet',
  opening: 'Opening…',
  paused: 'Paused',
  over: 'Sale ended',
  'sold-out': 'Sold out',
  cooling: PLEASE_WAIT,
  holds: 'Too many holds',
};

/** How many units are left, beside the price. */
export const STOCK = {
  notOnSale: 'Not on sale',
  /** Follows the number of units that are left. */
  ofTotal: (total: number) => `of ${grouped(total)} left`,
  low: 'Almost gone',
  own: (units: number) => `${grouped(units)} ${units === 1 ? 'is' : 'are'} yours`,
};

/** `1 of 2` */
export const partOf = (units: number, limit: number) => `${grouped(units)} of ${grouped(limit)}`;

/** The texts under the button. */
export const NOTES = {
  held: (units: number) =>
    `${units === 1 ? 'The unit is' : `The ${grouped(units)} units are`} yours until the time ends.`,
  limitReached: (limit: number) => `One shopper can have ${grouped(limit)} at most.`,
  tooManyHolds: 'Pay or cancel one of your holds to reserve this product.',
  heldFor: (duration: string) => `Held for ${duration} at no charge.`,
  limit: (limit: number) => `${grouped(limit)} per shopper.`,
  limitUsed: (units: number, limit: number) => `You have ${partOf(units, limit)} per shopper.`,
  paused: `${SALE_PAUSED}. ${STILL_PAY}`,
  ended: (at: ReactNode) => <>The sale ended {at}.</>,
  allBought: 'All units have been bought.',
  nextRelease: (time: ReactNode) => <>Next unit may be released in {time}</>,
  againIn: (time: ReactNode) => (
    <>
      {RESERVE_AGAIN_IN} {time}.
    </>
  ),
};
