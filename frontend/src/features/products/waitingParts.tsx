import type { ComponentProps } from 'react';

import type { Button } from '@/components/Button';
import { lazyPart } from '@/lib/parts';

/** What a card's main button shows and does. */
export type ButtonFace = Partial<ComponentProps<typeof Button>>;

// Loaded when a product on the page is sold out, or the shopper waits.
const load = () => import('@/features/products/waiting/parts');

export const WaitingList = lazyPart(async () => ({ default: (await load()).WaitingList }));
export const WaitingSync = lazyPart(async () => ({ default: (await load()).WaitingSync }));
