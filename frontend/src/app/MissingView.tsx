import { PackageX } from 'lucide-react';

import { EmptyState } from '@/components/EmptyState';
import { MISSING_PART } from '@/texts/banners';

/** In place of a view whose code could not be loaded. The banner above has the button. */
export function MissingView() {
  return (
    <div className="pt-8">
      <EmptyState
        picture={<PackageX aria-hidden className="size-16 text-accent" strokeWidth={1.2} />}
        title={MISSING_PART.view}
        text={MISSING_PART.text}
      />
    </div>
  );
}
