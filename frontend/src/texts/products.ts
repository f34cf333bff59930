import { grouped } from '@/lib/numbers';
import { ALL } from '@/texts/controls';
import { KEEPS_TRYING } from '@/texts/sentences';

/** In place of a number that is not known yet. */
const UNKNOWN = '–';

/** The texts around the cards of the products. */
export const HERO = {
  reserve: 'Reserve now.',
  pay: 'Pay in time.',
  text: 'Reserve a unit and it is held for you. If you do not pay before the time ends, other shoppers can reserve it.',
  toPay: 'to pay',
  unknown: UNKNOWN,
  unknownTime: '–:––',
  /** Follows the number of units that are left. `products` is undefined while it is not known. */
  ofUnits: (total: string, products: number | undefined) =>
    `of ${total} units left, ${products === undefined ? UNKNOWN : grouped(products)} ${products === 1 ? 'product' : 'products'}`,
};

export const PRODUCTS = {
  title: 'On sale',
  loading: 'Loading products',
  nothing: {
    title: 'Nothing on sale yet',
    text: 'New products appear here without a reload.',
  },
  nothingFiltered: {
    title: 'No product matches this filter',
    text: 'The list updates as stock changes.',
    showAll: 'Show all products',
  },
  unavailable: {
    title: 'The shop cannot be reached',
    text: `${KEEPS_TRYING} You keep your holds until their time ends.`,
  },
  sort: 'Sort by',
};

export const FILTERS = { all: ALL, available: 'In stock', low: 'Low stock' };

export const ORDERS = {
  name: 'Name',
  cheapest: 'Price, low to high',
  dearest: 'Price, high to low',
  fewest: 'Fewest left',
  most: 'Most left',
};
