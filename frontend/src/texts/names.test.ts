import { expect, it } from 'vitest';

import { HEBREW } from '@/testing/names';
import { CARD } from '@/texts/card';
import { DROP } from '@/texts/drops';
import { HOLD_NEWS, unitsOf } from '@/texts/holds';
import { isolated } from '@/texts/names';
import { viewTitle } from '@/texts/page';
import { CANCELLATION, PAYMENT } from '@/texts/payment';
import { SEARCH } from '@/texts/productSearch';
import { spokenRefusal } from '@/texts/refusals';
import { LINE_NEWS, WAITING_LIST } from '@/texts/waitingList';

const APART = `\u2068${HEBREW}\u2069`;

it.each(['سماعات (أصلية)', HEBREW, 'Galaxy أزرق', '٣', '\u202eevil'])('puts %s between isolates', (name) => {
  expect(isolated(name)).toBe(`\u2068${name}\u2069`);
});

it.each(['iPhone 15 Pro Max', 'Ä-ß (2nd)', '手机', '0:38', ''])('leaves %s as it is', (name) => {
  expect(isolated(name)).toBe(name);
});

it.each([
  ['a title', viewTitle(HEBREW), `${APART} · Ember`],
  ['a label', CARD.quantity(HEBREW), `Quantity of ${APART}`],
  ['a dialog', PAYMENT.title(HEBREW), `Pay for ${APART}`],
  ['a question', CANCELLATION.title(HEBREW), `Cancel your hold on ${APART}?`],
  ['a toast', HOLD_NEWS.made(unitsOf(2, HEBREW)), `2 × ${APART} held for you`],
  ['an announcement', HOLD_NEWS.urgent(HEBREW, '9 seconds'), `9 seconds left to pay for ${APART}.`],
  ['a refusal', spokenRefusal(HEBREW, { title: 'No', advice: 'Why.' }), `${APART}: No. Why.`],
  ['a notification', LINE_NEWS.offerTitle(HEBREW), `Your turn: ${APART}`],
  ['the next sale', DROP.name(HEBREW, 2), `${APART} and 2 more`],
  ['a place in line', WAITING_LIST.place(HEBREW), `Your place in line for ${APART}`],
  ['a search', SEARCH.none(HEBREW), `No product matches “${APART}”`],
])('isolates a name in %s', (_where, text, expected) => {
  expect(text).toBe(expected);
});
