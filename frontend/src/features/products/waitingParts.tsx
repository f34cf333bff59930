import { lazy, type ComponentProps } from 'react';

import type { Button } from '@/components/Button';
import type { WaitingListProps } from '@/features/products/waiting/WaitingList';
import { loadPart } from '@/lib/parts';

/** What a card's main button shows and does. */
export type ButtonFace = Partial<ComponentProps<typeof Button>>;

const nothing = (): false => false;

/** Loaded when a product on the page is sold out, or the shopper waits. */
const load = () =>
  loadPart(() => import('@/features/products/waiting/parts'), {
    WaitingList: nothing as (props: WaitingListProps) => false,
    WaitingSync: nothing,
  });

export const WaitingList = lazy(async () => ({ default: (await load()).WaitingList }));
export const WaitingSync = lazy(async () => ({ default: (await load()).WaitingSync }));
