import { expect, it } from 'vitest';

import { changeText } from '@/desk/texts/changes';
import type { Change } from '@/desk/types';

const change = (action: Change['action'], details: Change['details']): Change => ({
  id: 1,
  madeAt: '2026-11-27T12:00:00.000Z',
  madeBy: 'ada',
  productId: '550e8400-e29b-41d4-a716-446655440000',
  productName: 'iPhone 15 Pro Max',
  action,
  details,
});

it.each([
  ['restock', { quantity: 1200 }, 'Added 1,200 units'],
  ['restock', { quantity: -1 }, 'Took out 1 unit'],
  ['create', { name: 'Lamp', price: 20, totalStock: 5 }, 'Created: name “Lamp”, price $20, 5 units'],
  ['change', { maxPerShopper: 2, holdSeconds: 90 }, '2 per shopper, hold 1 minute 30 seconds'],
  ['change', { maxPerShopper: null, holdSeconds: null }, 'No limit per shopper, the usual hold'],
  ['release', { reservationId: 'r', quantity: 2 }, 'Released a hold of 2 units'],
  ['settle', { paymentReference: 'pay-1' }, 'Marked the refund of pay-1 as dealt with'],
  ['change', { paused: true }, 'Paused'],
  ['change', { paused: false }, 'Resumed'],
  ['change', { retired: true }, 'Retired'],
  ['change', { saleEndsAt: null }, 'No end'],
  ['change', { description: 'Brass.', imageUrl: null }, 'Description “Brass.”, no image'],
  ['change', { imageUrl: '/a.webp', illustration: 'tablet' }, 'Image /a.webp, drawing tablet'],
  ['create', { price: 20, currency: 'USD' }, 'Created: price $20, sold in USD'],
  ['change', { somethingNew: 5 }, 'SomethingNew 5'],
] as const)('tells %s %j', (action, details, text) => {
  expect(changeText(change(action, details), 'USD')).toBe(text);
});

it('tells when a sale starts', () => {
  expect(changeText(change('change', { saleStartsAt: '2026-11-27T12:00:00.000Z' }), 'USD')).toMatch(
    /^Starts .*2026/,
  );
});
