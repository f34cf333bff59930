import { Suspense, type ReactNode } from 'react';

import { RadioGroup } from '@/components/RadioGroup';
import { Select } from '@/components/Select';
import { SHOWN, SORTED, type Shown, type Sorted } from '@/features/products/filterAndSort';
import { addressWith, goTo } from '@/lib/searchParams';
import { SHOW } from '@/texts/controls';
import { FILTERS, ORDERS, PRODUCTS } from '@/texts/products';

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
        label={SHOW}
        name="show"
        options={SHOWN.map((value) => ({ value, label: FILTERS[value] }))}
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
        label={PRODUCTS.sort}
        options={SORTED.map((value) => ({ value, label: ORDERS[value] }))}
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
