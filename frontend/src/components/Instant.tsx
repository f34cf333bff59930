import { exactTime, localTime } from '@/lib/time';

interface InstantProps {
  at: string;
  format?: (instant: string) => string;
}

/** A local time, exact to the second on hover. */
export function Instant({ at, format = localTime }: InstantProps) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {format(at)}
    </time>
  );
}
