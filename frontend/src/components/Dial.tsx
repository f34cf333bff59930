import { useId, type ReactNode } from 'react';

import { classes } from '@/lib/classes';

const RADIUS = 52;
const TICKS = 60;

interface DialProps {
  /** The part of the time that is left, from 1 to 0. */
  fraction: number;
  urgent?: boolean;
  className?: string;
  children?: ReactNode;
}

/** A ring of sixty ticks that shows how much of a hold's time is left. */
export function Dial({ fraction, urgent = false, className, children }: DialProps) {
  const id = useId();
  const circle = { cx: 60, cy: 60, r: RADIUS, fill: 'none', strokeWidth: 9 };
  return (
    <div className={classes('relative grid shrink-0 place-items-center', className)}>
      <svg viewBox="0 0 120 120" aria-hidden className="size-full -rotate-90">
        <linearGradient id={`${id}fire`} x1="0" y1="0" x2="1" y2="1">
          <stop className={urgent ? 'gradient-stop-urgent' : 'gradient-stop-amber'} />
          <stop offset="1" className={urgent ? 'gradient-stop-ember' : 'gradient-stop-flame'} />
        </linearGradient>
        <mask id={`${id}ticks`}>
          <circle
            {...circle}
            className="stroke-white"
            pathLength={TICKS}
            strokeDasharray="0.42 0.58"
            strokeDashoffset="-0.29"
          />
        </mask>
        <g mask={`url(#${id}ticks)`}>
          <circle {...circle} className="stroke-edge" />
          <circle
            {...circle}
            stroke={`url(#${id}fire)`}
            pathLength={1}
            strokeDasharray={`${fraction} 1`}
            className="transition-[stroke-dasharray] duration-1000 ease-linear"
          />
        </g>
      </svg>
      <div className="absolute inset-0 grid place-items-center">{children}</div>
    </div>
  );
}
