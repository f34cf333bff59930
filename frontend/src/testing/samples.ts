import type { Product, Reservation, Shopper, Waiter } from '@/api/types';

/** A product as the API returns it, with `changes`. */
export function product(changes: Partial<Product> = {}): Product {
  return {
    id: '550e8400-e29b-41d4-a716-446655440000',
    name: 'iPhone 15 Pro Max',
    price: 1199,
    availableStock: 10,
    totalStock: 10,
    holdSeconds: 120,
    maxPerShopper: null,
    saleStartsAt: null,
    saleEndsAt: null,
    nextReleaseAt: null,
    paused: false,
    waiting: 0,
    description: 'A large phone with three cameras.',
    imageUrl: null,
    illustration: 'phone-triple',
    currency: 'USD',
    ...changes,
  };
}

/** A hold made at noon that can be extended in its last 30 s, with `changes`. */
export function reservation(changes: Partial<Reservation> = {}): Reservation {
  const expiresAt = changes.expiresAt ?? '2026-11-27T12:02:00.000Z';
  return {
    id: '660e8400-e29b-41d4-a716-446655440001',
    productId: '550e8400-e29b-41d4-a716-446655440000',
    productName: 'iPhone 15 Pro Max',
    quantity: 1,
    unitPrice: 1199,
    status: 'ACTIVE',
    createdAt: '2026-11-27T12:00:00.000Z',
    expiresAt,
    extendableAt: new Date(Date.parse(expiresAt) - 30_000).toISOString(),
    completedAt: null,
    cancelledAt: null,
    expiredAt: null,
    extensionsLeft: 0,
    replaces: null,
    ...changes,
  };
}

/** An entry in the waiting list of that product, made at noon, with `changes`. */
export function waiter(changes: Partial<Waiter> = {}): Waiter {
  return {
    id: '880e8400-e29b-41d4-a716-446655440003',
    productId: '550e8400-e29b-41d4-a716-446655440000',
    productName: 'iPhone 15 Pro Max',
    quantity: 1,
    status: 'WAITING',
    reason: null,
    position: 3,
    createdAt: '2026-11-27T12:00:00.000Z',
    endedAt: null,
    reservationId: null,
    earliestOfferAt: null,
    ...changes,
  };
}

/** A shopper whose token is valid for a day, with `changes`. */
export function shopper(changes: Partial<Shopper> = {}): Shopper {
  return {
    shopperId: '770e8400-e29b-41d4-a716-446655440002',
    token: 'token-1',
    expiresAt: new Date(Date.now() + 86_400_000).toISOString(),
    ...changes,
  };
}

export const NOON = Date.parse('2026-11-27T12:00:00.000Z');
