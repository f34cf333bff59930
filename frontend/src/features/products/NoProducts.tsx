import { Unplug } from 'lucide-react';

import { Button } from '@/components/Button';
import { EmptyState } from '@/components/EmptyState';
import { TRY_AGAIN } from '@/texts/controls';
import { PRODUCTS } from '@/texts/products';

/** Shown while the API has not answered yet and requests fail. */
export function NoProducts({ retry }: { retry: () => void }) {
  return (
    <EmptyState
      picture={<Unplug aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
      title={PRODUCTS.unavailable.title}
      text={PRODUCTS.unavailable.text}
    >
      <Button onClick={retry}>{TRY_AGAIN}</Button>
    </EmptyState>
  );
}
