import type { Product } from '@/api/types';

/** A shop with fewer products needs no search. */
export const SEARCHED_FROM = 20;

/** Small letters without accents. */
const plain = (text: string) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The products that have every word of the text in their name or description. */
export function matching(products: Product[], text: string): Product[] {
  const words = plain(text).split(/\s+/);
  return products.filter(({ name, description }) => {
    const told = plain(`${name} ${description ?? ''}`);
    return words.every((word) => told.includes(word));
  });
}
