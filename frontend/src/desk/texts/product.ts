import { grouped } from '@/lib/numbers';
import { unitsText } from '@/texts/controls';
import { isolated } from '@/texts/names';

/** What an operator can do to a product. */
export const ACTIONS = {
  restock: 'Restock',
  settings: 'Settings',
  pause: 'Pause',
  resume: 'Resume',
  /** Follows `pause` and `resume`, for screen readers. */
  saleOf: (product: string) => ` the sale of ${isolated(product)}`,
  resumed: 'Sale resumed',
  resumedText: (product: string) => `Shoppers can reserve ${isolated(product)} again.`,
};

export const PAUSE = {
  title: (product: string) => `Pause the sale of ${isolated(product)}?`,
  text: 'Nobody can reserve it until you resume. Running holds go on and can be paid.',
  confirm: 'Pause the sale',
  keep: 'Keep selling',
  done: 'Sale paused',
  doneText: (product: string) => `Nobody can reserve ${isolated(product)} until you resume it.`,
};

const TAKE_OUT = 'Take out';

export const RESTOCK = {
  title: (product: string) => `Restock ${isolated(product)}`,
  what: 'What to do',
  add: 'Put on sale',
  remove: TAKE_OUT,
  units: 'Units',
  /** The button. `units` is undefined while the number is not valid. */
  confirm: (adds: boolean, units: number | undefined) =>
    `${adds ? 'Add' : TAKE_OUT} ${units === undefined ? 'units' : unitsText(units)}`,
  tooMany: (available: number) =>
    `Only ${unitsText(available)} can be taken out: the others are held or sold.`,
  outcome: (now: number, then: number) => `Available: ${grouped(now)} now, ${grouped(then)} then.`,
  added: 'Restocked',
  removed: 'Units taken out',
  done: (product: string, units: number, adds: boolean) =>
    `${unitsText(units)} of ${isolated(product)} are ${adds ? 'on sale' : 'no longer on sale'}.`,
};

export const SETTINGS = {
  title: (product: string) => `Settings of ${isolated(product)}`,
  currency: (currency: string) => `Sold in ${currency}. A product’s currency does not change.`,
  starts: 'Sale starts',
  noStart: 'Empty: no start.',
  ends: 'Sale ends',
  noEnd: 'Empty: no end.',
  zone: (zone: string) => `In the time of this browser: ${zone}.`,
  limit: 'Units per shopper',
  noLimit: 'Empty: no limit.',
  hold: 'Hold, in seconds',
  usualHold: "Empty: the system's own.",
  description: 'Description',
  image: 'Image',
  imageHint: 'A path of the shop, such as /images/lamp.webp, or an https address that the system allows.',
  noImage: 'Without an image',
  drawing: (name: string) => `Drawing: ${name || 'parcel'}`,
  endsNow: 'This ends the sale at once.',
  closesNow: 'This closes the sale until it starts.',
  save: 'Save',
  saveAndClose: 'Save and close the sale',
  done: 'Settings saved',
  doneText: (product: string) =>
    `${isolated(product)} is sold with the new settings. Running holds do not change.`,
};
