import { isolated } from '@/texts/names';
import { NOT_CHARGED, THE_HOLD_EXPIRED, UNIT_ON_SALE } from '@/texts/sentences';

/** The texts of the dialogs that pay for a hold or cancel it. */
export const PAYMENT = {
  title: (product: string) => `Pay for ${isolated(product)}`,
  demonstration: 'This is a demonstration: no card is charged.',
  cards: 'Pay with',
  done: {
    title: 'Payment complete',
    replaced: 'Your hold had expired, but a unit was still available.',
    text: (units: string, amount: string) => `${units}, ${amount} paid in test money.`,
    keepShopping: 'Keep shopping',
    seeHistory: 'See history',
  },
  tooLate: {
    title: THE_HOLD_EXPIRED,
    declined: 'Your card was declined. ',
    text: `${NOT_CHARGED} ${UNIT_ON_SALE}`,
  },
  refunded: {
    title: 'You will be refunded',
    text: 'Your payment arrived after the hold expired, and no unit was left.',
    reference: 'Payment reference',
  },
  toShop: 'Back to the shop',
};

export const ACCEPTED_CARD = { name: 'Test card 4242', result: 'is accepted' };
export const DECLINED_CARD = { name: 'Test card 0002', result: 'is declined' };

export const CANCELLATION = {
  title: (product: string) => `Cancel your hold on ${isolated(product)}?`,
  text: 'Other shoppers can reserve it at once. This cannot be undone.',
  keep: 'Keep hold',
  done: 'Hold cancelled',
  doneText: (product: string) => `${isolated(product)} is on sale again. ${NOT_CHARGED}`,
};
