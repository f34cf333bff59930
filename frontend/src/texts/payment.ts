/** The texts of the dialogs that pay for a hold or cancel it. */
export const PAYMENT = {
  title: (product: string) => `Pay for ${product}`,
  pay: (amount: string) => `Pay ${amount}`,
  notYet: 'Not yet',
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
    title: 'The hold has expired',
    declined: 'Your card was declined. ',
    text: 'You have not been charged. The unit is on sale again.',
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
  title: (product: string) => `Cancel your hold on ${product}?`,
  text: 'Other shoppers can reserve it at once. This cannot be undone.',
  keep: 'Keep hold',
  cancel: 'Cancel hold',
  done: 'Hold cancelled',
  doneText: (product: string) => `${product} is on sale again. You have not been charged.`,
};
