import { grouped } from '@/lib/numbers';
import { isolated } from '@/texts/names';

export const SEARCH = {
  label: 'Search products',
  none: (text: string) => `No product matches “${isolated(text)}”`,
  hint: 'The search looks at names and descriptions.',
  clear: 'Clear search',
  found: (count: number) => (count === 1 ? '1 product found' : `${grouped(count)} products found`),
};
