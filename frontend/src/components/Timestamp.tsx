import { exactTime, localTime } from '@/lib/time';

interface TimestampProps {
  at: string;
  format?: (instant: string) => string;
}

/** A local time. The title shows it to the second. */
export function Timestamp({ at, format = localTime }: TimestampProps) {
  return (
    <time dateTime={at} title={exactTime(at)}>
      {format(at)}
    </time>
  );
}
