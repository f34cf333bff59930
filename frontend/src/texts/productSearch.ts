import { grouped } from '@/lib/numbers';

export const SEARCH = {
  label: 'Search products',
  none: (text: string) => `No product matches “${text}”`,
  hint: 'The search looks at names and descriptions.',
  clear: 'Clear search',
  found: (count: number) => (count === 1 ? '1 product found' : `${grouped(count)} products found`),
};
