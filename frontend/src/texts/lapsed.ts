import { isolated } from '@/texts/names';
import { NOT_CHARGED, NOT_OPEN, SALE_ENDED, SALE_PAUSED } from '@/texts/sentences';

/** The card of a hold that has lapsed. */
export const LAPSED = {
  text: `Expired. ${NOT_CHARGED}`,
  unanswered: 'Expired before the shop answered your payment.',
  refunded: (reference: string) =>
    `You paid after it had expired and no unit was left. You will be refunded: ${isolated(reference)}`,
  repeatPayment: 'Send the payment again',
  toWaitingList: 'Waiting list',
  dismiss: (product: string) => `Dismiss ${isolated(product)}`,
};

/** Why the product cannot be reserved again now. */
export const LAPSED_OBSTACLES = {
  gone: 'The shop does not sell it any more.',
  upcoming: `${NOT_OPEN}.`,
  opening: 'The sale is about to open.',
  paused: `${SALE_PAUSED}.`,
  over: `${SALE_ENDED}.`,
  limit: 'You have as many as one shopper can have.',
  'sold-out': 'It is sold out now.',
  holds: 'Pay or cancel one of your holds to reserve it again.',
};
