import { useState } from 'react';

import { announcement } from '@/lib/announcements';
import { useStore } from '@/lib/store';

/** Announces messages to screen readers, politely. Messages from before it was mounted are not repeated. */
export function LiveRegion() {
  const { text, count } = useStore(announcement);
  const [before] = useState(count);
  return (
    <div role="status" aria-live="polite" className="sr-only">
      <p key={count}>{count > before && text}</p>
    </div>
  );
}
