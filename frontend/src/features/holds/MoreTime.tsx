import { useState } from 'react';

import { countdown } from '@/lib/time';

/** What a hold was given, rising over its dial as the dial refills. Screen readers hear it from the live region. */
export function MoreTime({ expiresAt }: { expiresAt: string }) {
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
      <span className="absolute inset-x-0 -top-1 animate-lift text-center font-display font-bold text-glow">
        +{countdown(known.gained)}
      </span>
    </span>
  );
}
