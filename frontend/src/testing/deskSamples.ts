import type { SaleProduct } from '@/desk/types';
import { product } from '@/testing/samples';

/** A product of the sale that nobody has asked for, with `changes`. */
export function saleProduct(changes: Partial<SaleProduct> = {}): SaleProduct {
  return {
    ...product(),
    inStock: 10,
    held: 0,
    lapsed: 0,
    sold: 0,
    retiredAt: null,
    lastMinute: {
      reserved: 0,
      reservations: 0,
      extended: 0,
      completed: 0,
      cancelled: 0,
      restocked: 0,
      expired: { message: 0, sweep: 0, reclaim: 0 },
    },
    refused: {},
    expiryLateness: null,
    soldOutInSeconds: null,
    ...changes,
  };
}
