import { useState } from 'react';

import { announcement } from '@/lib/announcer';
import { useStore } from '@/lib/store';

/** What happens from now on, told to screen readers once and politely. */
export function LiveRegion() {
  const { text, count } = useStore(announcement);
  const [before] = useState(count);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <p key={count}>{count > before && text}</p>
    </div>
  );
}
