import { useId } from 'react';

/** A flame within a countdown ring. */
export function Logo({ className }: { className?: string }) {
  const id = useId();
  return (
    <svg viewBox="0 0 64 64" fill="none" aria-hidden className={className}>
      <linearGradient id={id} x1="8" y1="8" x2="56" y2="56" gradientUnits="userSpaceOnUse">
        <stop className="gradient-stop-amber" />
        <stop offset="1" className="gradient-stop-flame" />
      </linearGradient>
      <path d="M32 6a26 26 0 1 1-22.5 13" stroke={`url(#${id})`} strokeWidth="6" strokeLinecap="round" />
      <path
        d="M33 19c1 8 11 11 11 20a12 12 0 0 1-24 0c0-5 2-7 5-10 0 4 1 5 3 6 2-6 1-11 5-16Z"
        fill={`url(#${id})`}
      />
    </svg>
  );
}
