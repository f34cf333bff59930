import { saleState } from '@/data/productState';
import type { SaleProduct } from '@/desk/types';

/** What keeps shoppers from buying a product, or `selling`. */
export type SellingState = 'retired' | 'paused' | 'upcoming' | 'over' | 'sold-out' | 'selling';

/** The first that applies. Time is the server's, in milliseconds. */
export function sellingState(product: SaleProduct, now: number): SellingState {
  if (product.retiredAt !== null) return 'retired';
  if (product.paused) return 'paused';
  const sale = saleState(product, now);
  if (sale !== 'open') return sale;
  return product.availableStock === 0 ? 'sold-out' : 'selling';
}

/** Where a product's units are. Units of lapsed holds are available, although they are not back in the stock rows. */
export interface Units {
  available: number;
  held: number;
  sold: number;
  total: number;
}

export const unitsOf = ({ availableStock, held, lapsed, sold, totalStock }: SaleProduct): Units => ({
  available: availableStock,
  held: held - lapsed,
  sold,
  total: totalStock,
});

/** Units that returned after a lapse in the last minute. */
export const lapsedUnits = ({ lastMinute: { expired } }: SaleProduct) =>
  expired.message + expired.sweep + expired.reclaim;

export interface Totals extends Units {
  reserved: number;
  completed: number;
  lapsed: number;
}

/** The sums over products. */
export function totals(products: readonly SaleProduct[]): Totals {
  const sum = (figure: (product: SaleProduct) => number) =>
    products.reduce((total, product) => total + figure(product), 0);
  return {
    available: sum((product) => unitsOf(product).available),
    held: sum((product) => unitsOf(product).held),
    sold: sum(({ sold }) => sold),
    total: sum(({ totalStock }) => totalStock),
    reserved: sum(({ lastMinute }) => lastMinute.reserved),
    completed: sum(({ lastMinute }) => lastMinute.completed),
    lapsed: sum(lapsedUnits),
  };
}

/** Whether the desk shows a product: a retired one only while somebody holds its units. */
export const isShown = ({ retiredAt, held }: SaleProduct) => retiredAt === null || held > 0;

/** `12 %`; a part of nothing is 0 %. */
export const percent = (part: number, whole: number) =>
  `${whole === 0 ? 0 : Math.round((100 * part) / whole)} %`;
