import { grouped } from '@/lib/numbers';
import { unitsText } from '@/texts/controls';
import { isolated } from '@/texts/names';
import { placeText } from '@/texts/waiting';

/** The waiting list on a product's card. */
export const WAITING_LIST = {
  join: 'Join the waiting list',
  quantity: (product: string) => `Quantity of ${isolated(product)} to wait for`,
  nobody: 'Nobody waits yet',
  rule: 'Units that come back go to the line, in order.',
  place: (product: string) => `Your place in line for ${isolated(product)}`,
  /** `units` is how many the shopper waits for. */
  ofLength: (length: number, units: number) =>
    `of ${grouped(length)}${units > 1 ? `, for ${unitsText(units)}` : ''}`,
  leave: 'Leave',
  leaveList: (product: string) => ` the waiting list of ${isolated(product)}`,
  left: 'You have left the waiting list',
  handedOver: 'Handed over to you from the waiting list',
  dismiss: (title: string) => `Dismiss: ${title}`,
};

/** How the shopper is told that the turn has come. */
export const ALERTS = {
  turnOn: 'Tell me',
  off: 'Your turn comes with a limited time to pay, so keep this page open.',
  on: 'At your turn you get a sound and a notification. Keep this page open.',
  soundOnly:
    'At your turn you hear a sound. Keep this page open. Your browser does not let this page show notifications.',
};

const YOUR_TURN = 'Your turn';

/** What is announced about a place in line. `offer` is the text of an offer. */
export const LINE_NEWS = {
  joined: (product: string, place: string) => `${isolated(product)}: ${place}.`,
  next: (product: string) => `${placeText({ position: 1 })} for ${isolated(product)}.`,
  offer: (offer: string) => `${YOUR_TURN}. ${offer}`,
  /** The title of the tab and of the notification. */
  offerTitle: (product: string) => `${YOUR_TURN}: ${isolated(product)}`,
};
