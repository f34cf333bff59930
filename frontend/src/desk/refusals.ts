import type { SaleProduct } from '@/desk/types';

/** Why requests were refused, in the words of an operator. */
const REASONS: Record<string, string> = {
  'insufficient-stock': 'No stock',
  'limit-exceeded': 'Limit per shopper',
  'too-many-holds': 'Too many holds',
  'cooling-down': 'Cooldown',
  'sale-not-open': 'Not open',
  'sale-paused': 'Paused',
  'too-many-at-once': 'Too many at once',
};

/** A reason without a name of its own is shown as the API calls it. */
export const reasonText = (reason: string) => REASONS[reason] ?? reason;

/** Requests refused in the last minute, for whatever reason. */
export const refusedRequests = ({ refused }: SaleProduct) =>
  Object.values(refused).reduce((total, requests) => total + requests, 0);
