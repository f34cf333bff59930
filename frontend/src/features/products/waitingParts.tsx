import { lazy, type ComponentProps, type ComponentType } from 'react';

import type { Button } from '@/components/Button';
import type { WaitingListProps } from '@/features/products/waiting/WaitingList';

/** What a card's main button shows and does. */
export type ButtonFace = Partial<ComponentProps<typeof Button>>;

const nothing = () => null;

/** Loaded when a product on the page is sold out, or the shopper waits. If that fails, the page goes on without it. */
const load = () =>
  import('@/features/products/waiting/parts').catch(() => ({ WaitingList: nothing, WaitingSync: nothing }));

export const WaitingList = lazy(async () => ({
  default: (await load()).WaitingList as ComponentType<WaitingListProps>,
}));
export const WaitingSync = lazy(async () => ({ default: (await load()).WaitingSync }));
