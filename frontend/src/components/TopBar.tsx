import type { ReactNode } from 'react';

/** The header with the messages under it. Sticky, except in low windows such as at 400 % zoom. */
export function TopBar({ children }: { children: ReactNode }) {
  return <div className="z-30 bg-veil backdrop-blur-xl tall:sticky tall:top-0">{children}</div>;
}
