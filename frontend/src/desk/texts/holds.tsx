import type { ReactNode } from 'react';

import { VIEW_NAMES } from '@/desk/texts/frame';
import { unitsText } from '@/texts/controls';
import { isolated } from '@/texts/names';

/** Reservations found by an id. */
export const SEARCH = {
  text: 'Find what a shopper holds, and release it.',
  label: 'Reservation or shopper id',
  form: 'An id has 32 hexadecimal digits in five groups.',
  example: '550e8400-e29b-41d4-a716-446655440000',
  find: 'Find',
  searching: 'Searching',
  ofProduct: 'The running holds of one product.',
  newest: (count: number) => `The newest ${count} are shown.`,
  failed: 'The search failed',
  nothingYet: {
    title: 'Nothing searched yet',
    text: `The id of a reservation is in the shopper's history and in the log. The link “${VIEW_NAMES.holds}” of a product lists its own.`,
  },
  nothing: {
    title: 'Nothing found',
    text: 'No reservation has this id, and no shopper with this id has reserved anything.',
  },
};

export const RESERVATION = {
  name: 'Reservation',
  shopper: 'Shopper',
  anonymous: 'anonymous',
  reserved: (at: ReactNode) => <>Reserved {at}</>,
  /** `by` may be null. */
  ended: (at: ReactNode, by: string | null) => (
    <>
      Ended {at}
      {by && ` by ${by}`}
    </>
  ),
  lapses: (at: ReactNode) => <>Lapses {at}</>,
  lapsed: (at: ReactNode) => <>Lapsed {at}</>,
  left: (time: string) => `${time} left`,
};

export const RELEASE = {
  button: 'Release',
  title: (product: string) => `Release the hold on ${isolated(product)}?`,
  text: (units: number) =>
    `The shopper loses ${units === 1 ? 'the unit' : unitsText(units)}, and others can reserve at once. ` +
    'This cannot be undone, and is journalled as ended by an admin.',
  confirm: 'Release the hold',
  keep: 'Keep the hold',
  done: 'Hold released',
  doneText: (product: string, units: number) => `${isolated(product)}: ${units} on sale again.`,
};
