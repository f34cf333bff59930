import type { Change } from '@/desk/types';
import { money } from '@/lib/numbers';
import { exactTime, spokenDuration } from '@/lib/time';
import { unitsText } from '@/texts/controls';
import { isolated } from '@/texts/names';

export const CHANGES_TEXTS = {
  text: 'What operators did, on this page or by the command line, newest first.',
  nothing: {
    title: 'No changes yet',
    text: 'Every restock and every new setting is listed here with its time and its operator.',
  },
};

type Details = Change['details'];

/** What an operator did, as a sentence without its product, which is sold in this currency. */
export function changeText({ action, details }: Change, currency: string | undefined): string {
  switch (action) {
    case 'restock':
      return restocked(Number(details.quantity));
    case 'create':
      return `Created: ${listed(details, currency).join(', ')}`;
    case 'release':
      return `Released a hold of ${unitsText(Number(details.quantity))}`;
    case 'settle':
      return `Marked the refund of ${written(details.paymentReference)} as dealt with`;
    default:
      return capitalised(listed(details, currency).join(', '));
  }
}

const restocked = (units: number) =>
  units < 0 ? `Took out ${unitsText(-units)}` : `Added ${unitsText(units)}`;

/** One text for each member that the API takes. Null clears a member. */
const MEMBERS: Record<string, (value: unknown, currency: string | undefined) => string> = {
  name: (value) => `name “${written(value)}”`,
  price: (value, currency) => `price ${money(Number(value), currency)}`,
  currency: (value) => `sold in ${shown(value)}`,
  totalStock: (value) => unitsText(Number(value)),
  holdSeconds: (value) => (value === null ? 'the usual hold' : `hold ${spokenDuration(Number(value))}`),
  maxPerShopper: (value) => (value === null ? 'no limit per shopper' : `${shown(value)} per shopper`),
  saleStartsAt: (value) => (value === null ? 'no start' : `starts ${exactTime(shown(value))}`),
  saleEndsAt: (value) => (value === null ? 'no end' : `ends ${exactTime(shown(value))}`),
  retired: (value) => (value === true ? 'retired' : 'no longer retired'),
  description: (value) => (value === null ? 'no description' : `description “${written(value)}”`),
  imageUrl: (value) => (value === null ? 'no image' : `image ${written(value)}`),
  illustration: (value) => (value === null ? 'the usual drawing' : `drawing ${shown(value)}`),
  paused: (value) => (value === true ? 'paused' : 'resumed'),
};

const listed = (details: Details, currency: string | undefined) =>
  Object.entries(details).map(
    ([name, value]) => MEMBERS[name]?.(value, currency) ?? `${name} ${shown(value)}`,
  );

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

/** What an operator or a shop has written. */
const written = (value: unknown) => isolated(shown(value));

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
