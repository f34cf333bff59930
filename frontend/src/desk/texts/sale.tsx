import type { ReactNode } from 'react';

import { grouped } from '@/lib/numbers';
import { STATUS_NAMES } from '@/texts/controls';
import { KEEPS_TRYING } from '@/texts/sentences';

/** The sale, live. */
export const SALE_TEXTS = {
  title: (lit: (text: string) => ReactNode) => <>The sale, {lit('live')}</>,
  rates: (seconds: number) =>
    `Rates are units, and refused requests, in the last ${seconds} seconds. Refusals are counted approximately.`,
  allProducts: 'All products',
  products: 'Products',
  loading: 'Loading the sale',
  unavailable: { title: 'The API cannot be reached', text: KEEPS_TRYING },
  nothing: {
    title: 'No products yet',
    text: "Create one with the operator's command line. It appears here without a reload.",
  },
  retired: (products: number) =>
    `${products === 1 ? '1 retired product is' : `${products} retired products are`} not shown.`,
};

/** The names of the figures of all products and of one. */
export const FIGURES = {
  sold: 'Sold',
  held: STATUS_NAMES.ACTIVE,
  available: 'Available',
  total: 'Total',
  reserved: 'Reserved',
  paid: 'Paid',
  refused: 'Refused',
  lapsed: 'Lapsed',
  cancelled: STATUS_NAMES.CANCELLED,
  extended: 'Extended',
  soldOutIn: 'Sold out in',
  nextReleaseIn: 'Next release in',
  lateBy: 'Expiry late by',
  /** In place of a figure that there is not. */
  none: '–',
};

/** What stands beside a figure. */
export const FIGURE_NOTES = {
  aMinute: 'a minute',
  share: (percent: string, total: number) => `${percent} of ${grouped(total)}`,
  waiting: (shoppers: number) => `${grouped(shoppers)} waiting`,
  late: (seconds: number) => `${seconds.toFixed(1)} s`,
  latest: (seconds: number) => `99 of 100 below ${seconds.toFixed(1)} s`,
  soldOut: 'now',
  causes: { message: 'by message', sweep: 'by sweep', reclaim: 'by a reserve' },
};

export const PRODUCT_STATES = {
  selling: 'On sale',
  'sold-out': 'None available',
  paused: 'Paused',
  upcoming: 'Opens',
  over: 'Ended',
  retired: 'Retired',
};
export const opensIn = (time: string) => ` in ${time}`;

/** How a product is sold, under its name. */
export const policyText = (price: string, limit: number | null, hold: string) =>
  `${price} · ${limit === null ? 'no limit' : `${limit} per shopper`} · held for ${hold}`;

/** The charts of a product. */
export const CHART = {
  units: (minutes: number, reserved: number, highest: number, paid: number) =>
    `Units a minute in the last ${minutes} minutes: reserved ${reserved} now, at most ${highest}; paid ${paid} now.`,
  refused: (minutes: number, requests: number, highest: number) =>
    `Requests refused a minute in the last ${minutes} minutes: ${requests} now, at most ${highest}.`,
  from: (minutes: number) => `${minutes} min ago`,
  to: 'now',
};

/** Why requests were refused, in the words of an operator. */
const REASONS: Record<string, string> = {
  'insufficient-stock': 'No stock',
  'limit-exceeded': 'Limit per shopper',
  'too-many-holds': 'Too many holds',
  'cooling-down': 'Cooldown',
  'sale-not-open': 'Not open',
  'sale-paused': PRODUCT_STATES.paused,
  'too-many-at-once': 'Too many at once',
};

/** A reason without a name of its own is shown as the API calls it. */
export const reasonText = (reason: string) => REASONS[reason] ?? reason;
