import type { ReactNode } from 'react';

import { STATUS_NAMES } from '@/texts/controls';
import { ofName } from '@/texts/names';
import { KEEPS_TRYING, SHOP_DOWN } from '@/texts/sentences';

/** The texts of the history. */
export const HISTORY = {
  title: 'Your history',
  loading: 'Loading your history',
  more: (count: string) => `Show ${count} more`,
  nothingFiltered: {
    title: 'No reservations with this status',
    text: 'Other reservations are hidden by the filter.',
    showAll: 'Show all',
  },
  nothing: {
    title: 'No reservations yet',
    text: 'Everything that you reserve is listed here.',
    toShop: 'Go to the shop',
  },
  unavailable: {
    title: 'The history cannot be loaded',
    text: `${SHOP_DOWN} ${KEEPS_TRYING}`,
  },
};

export const TOTALS = {
  held: 'Held now',
  bought: STATUS_NAMES.COMPLETED,
  paid: 'Paid',
  expired: STATUS_NAMES.EXPIRED,
};

/** What happened to a reservation, and when. */
export const ENDINGS = {
  reserved: (at: ReactNode) => <>Reserved {at}</>,
  bought: (at: ReactNode) => <>Bought {at}</>,
  cancelled: (at: ReactNode) => <>Cancelled {at}</>,
  expired: (at: ReactNode) => <>Expired {at}</>,
  paid: (amount: string) => `${amount} paid`,
  toHold: 'Go to hold',
};

export const TIMELINE = {
  title: 'Timeline',
  label: (product: string) => `Timeline${ofName(product)}`,
  loading: 'Loading the timeline',
  unavailable: 'The timeline cannot be loaded.',
  replaces: 'This reservation replaces a hold that had expired before it was paid.',
};
