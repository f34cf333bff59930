import type { Change } from '@/desk/types';
import { grouped, money } from '@/lib/numbers';
import { exactTime, spokenDuration } from '@/lib/time';

type Details = Change['details'];

/** What an operator did, as a sentence without its product, which is sold in this currency. */
export function changeText({ action, details }: Change, currency: string | undefined): string {
  switch (action) {
    case 'restock':
      return restocked(Number(details.quantity));
    case 'create':
      return `Created: ${listed(details, currency).join(', ')}`;
    case 'release':
      return `Released a hold of ${counted(Number(details.quantity))}`;
    case 'settle':
      return `Marked the refund of ${shown(details.paymentReference)} as dealt with`;
    default:
      return capitalised(listed(details, currency).join(', '));
  }
}

const restocked = (units: number) => (units < 0 ? `Took out ${counted(-units)}` : `Added ${counted(units)}`);

const counted = (units: number) => `${grouped(units)} ${units === 1 ? 'unit' : 'units'}`;

/** One text for each member that the API takes. Null clears a member. */
const MEMBERS: Record<string, (value: unknown, currency: string | undefined) => string> = {
  name: (value) => `name “${shown(value)}”`,
  price: (value, currency) => `price ${money(Number(value), currency)}`,
  currency: (value) => `sold in ${shown(value)}`,
  totalStock: (value) => counted(Number(value)),
  holdSeconds: (value) => (value === null ? 'the usual hold' : `hold ${spokenDuration(Number(value))}`),
  maxPerShopper: (value) => (value === null ? 'no limit per shopper' : `${shown(value)} per shopper`),
  saleStartsAt: (value) => (value === null ? 'no start' : `starts ${exactTime(shown(value))}`),
  saleEndsAt: (value) => (value === null ? 'no end' : `ends ${exactTime(shown(value))}`),
  retired: (value) => (value === true ? 'retired' : 'no longer retired'),
  description: (value) => (value === null ? 'no description' : `description “${shown(value)}”`),
  imageUrl: (value) => (value === null ? 'no image' : `image ${shown(value)}`),
  illustration: (value) => (value === null ? 'the usual drawing' : `drawing ${shown(value)}`),
  paused: (value) => (value === true ? 'paused' : 'resumed'),
};

const listed = (details: Details, currency: string | undefined) =>
  Object.entries(details).map(
    ([name, value]) => MEMBERS[name]?.(value, currency) ?? `${name} ${shown(value)}`,
  );

const shown = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value));

const capitalised = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
