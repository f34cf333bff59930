import { useRef } from 'react';

import { HoldList } from '@/features/holds/HoldList';
import { HOLDS } from '@/texts/holds';

interface HoldsPanelProps {
  /** `aside` is beside the products on wide screens; `view` is the holds view. */
  place: 'aside' | 'view';
}

/** The shopper's holds. The heading takes the focus when a hold's card goes away. */
export function HoldsPanel({ place }: HoldsPanelProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  const Heading = place === 'view' ? 'h1' : 'h2';
  return (
    <section aria-labelledby={`holds-${place}`} className={place === 'aside' ? 'hidden lg:block' : 'pt-8'}>
      <div className={place === 'aside' ? 'tall:sticky tall:top-24' : ''}>
        <Heading
          ref={heading}
          id={`holds-${place}`}
          tabIndex={-1}
          className={
            place === 'view'
              ? 'mb-6 text-title font-bold'
              : 'mb-4 flex min-h-12 items-center text-lg font-semibold'
          }
        >
          {HOLDS.title}
        </Heading>
        <HoldList
          className={place === 'view' ? 'grid items-start gap-5 sm:grid-cols-2 lg:grid-cols-3' : 'grid gap-4'}
          roomy={place === 'view'}
          onDismissed={() => heading.current?.focus()}
        />
      </div>
    </section>
  );
}
