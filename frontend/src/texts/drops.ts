import { SHOP_NAME } from '@/texts/controls';
import { isolated } from '@/texts/names';

/** What follows the first of several names: ` and 2 more`. */
export const andMore = (others: number) => ` and ${others} more`;

/** The texts of the next sale. `name` is the name of the sale, which the other functions take. */
export const DROP = {
  title: 'Next drop',
  /** `iPhone 15 Pro Max` or `iPhone 15 Pro Max and 2 more`. */
  name: (product: string, others: number) => isolated(product) + (others === 0 ? '' : andMore(others)),
  opens: 'Opens',
  opensIn: 'Opens in',
  untilOpen: 'until it opens',
  open: (name: string) => `${name}: the sale is open.`,
  toCalendar: 'Add to calendar',
  calendarTitle: (name: string) => `${name} at ${SHOP_NAME}`,
  shared: (name: string, time: string) => `${name}: opens ${time}`,
  shareHint: 'Send it to whoever should be there when it opens.',
};

export const SHARE = 'Share';
export const LINK_COPIED = 'Link copied';
