import { Suspense, type ReactNode } from 'react';

import { RadioGroup } from '@/components/RadioGroup';
import { Select } from '@/components/Select';
import { SHOWN, SORTED, type Shown, type Sorted } from '@/features/products/filterAndSort';
import { addressWith, goTo } from '@/lib/searchParams';

const SHOWN_LABELS: Record<Shown, string> = { all: 'All', available: 'In stock', low: 'Low stock' };
const SORTED_LABELS: Record<Sorted, string> = {
  name: 'Name',
  cheapest: 'Price, low to high',
  dearest: 'Price, high to low',
  fewest: 'Fewest left',
  most: 'Most left',
};

interface ProductToolbarProps {
  shown: Shown;
  sorted: Sorted;
  /** The search field, which may still be loading. */
  children: ReactNode;
}

/** Filter, search and sort order, kept in the address. The default values are left out. */
export function ProductToolbar({ shown, sorted, children }: ProductToolbarProps) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-3">
      <RadioGroup
        label="Show"
        name="show"
        options={SHOWN.map((value) => ({ value, label: SHOWN_LABELS[value] }))}
        value={shown}
        onChange={(value) => {
          keep('show', value, SHOWN[0]);
        }}
      />
      {children && (
        <div className="min-h-11 grow basis-56 max-sm:order-first max-sm:basis-full">
          <Suspense>{children}</Suspense>
        </div>
      )}
      <Select
        label="Sort by"
        options={SORTED.map((value) => ({ value, label: SORTED_LABELS[value] }))}
        value={sorted}
        onChange={(value) => {
          keep('sort', value, SORTED[0]);
        }}
      />
    </div>
  );
}

function keep(name: string, value: string, byDefault: string): void {
  goTo(addressWith({ [name]: value === byDefault ? '' : value }), 'replace');
}
