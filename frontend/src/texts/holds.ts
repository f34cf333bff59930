import { grouped } from '@/lib/numbers';
import { unitsText } from '@/texts/controls';
import { isolated } from '@/texts/names';
import { NOT_CHARGED } from '@/texts/sentences';

/** `2 × iPhone 15 Pro Max` */
export const times = (quantity: number, product: string) => `${grouped(quantity)} × ${isolated(product)}`;
/** `iPhone 15 Pro Max` or `2 × iPhone 15 Pro Max` */
export const unitsOf = (quantity: number, product: string) =>
  quantity === 1 ? isolated(product) : times(quantity, product);

/** The shopper's holds. */
export const HOLDS = {
  title: 'Your holds',
  next: 'Next hold to lapse',
  nothing: { title: 'No holds', text: 'Units that you reserve are shown here until you pay.' },
  reserving: (units: number) => `Reserving ${units === 1 ? 'your unit' : unitsText(units)}…`,
  calm: 'Held for you',
  urgent: 'Time is running out',
  left: (duration: string) => `${duration} left`,
  pay: 'Pay',
  payAmount: (amount: string) => `Pay ${amount}`,
  cancel: 'Cancel hold',
};

/** What the page says when a hold is made, is extended, is about to lapse, or has lapsed. */
export const HOLD_NEWS = {
  made: (units: string) => `${units} held for you`,
  payWithin: (duration: string) => `Pay within ${duration}.`,
  extended: (product: string, left: string) => `You have more time for ${isolated(product)}: ${left}.`,
  urgent: (product: string, left: string) => `${left} left to pay for ${isolated(product)}.`,
  extendable: 'You can extend the hold.',
  lapsed: (product: string) => `Your hold on ${isolated(product)} has expired. ${NOT_CHARGED}`,
  lapsedUnanswered: (product: string) =>
    `Your hold on ${isolated(product)} has expired before the shop answered your payment.`,
};
