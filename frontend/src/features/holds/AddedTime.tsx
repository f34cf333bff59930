import { useState } from 'react';

import { countdown } from '@/lib/time';

/** The added time, shown over the dial after an extension. Screen readers hear it from the live region. */
export function AddedTime({ expiresAt }: { expiresAt: string }) {
  const [known, setKnown] = useState({ expiresAt, gained: 0 });
  if (known.expiresAt !== expiresAt) {
    const gained = Math.round((Date.parse(expiresAt) - Date.parse(known.expiresAt)) / 1000);
    setKnown({ expiresAt, gained });
  }
  if (known.gained <= 0) return null;
  return (
    <span
      aria-hidden
      key={expiresAt}
      className="pointer-events-none absolute inset-0 animate-surge rounded-full"
    >
      <span className="absolute inset-x-0 -top-1 animate-lift text-center font-display font-bold text-accent">
        +{countdown(known.gained)}
      </span>
    </span>
  );
}
