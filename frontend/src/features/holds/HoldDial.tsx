import type { Reservation } from '@/api/types';
import { Dial } from '@/components/Dial';
import { classes } from '@/lib/classes';
import { countdown, spokenDuration } from '@/lib/time';
import { useSecondsUntil } from '@/lib/ticker';
import { HOLDS } from '@/texts/holds';

interface HoldDialProps {
  hold: Reservation;
  urgent: boolean;
  size?: 'small' | 'large';
}

/** The time left, by the server's clock. Screen readers read it on demand; it is not announced each second. */
export function HoldDial({ hold, urgent, size = 'small' }: HoldDialProps) {
  const seconds = useSecondsUntil(Date.parse(hold.expiresAt));
  const length = (Date.parse(hold.expiresAt) - Date.parse(hold.createdAt)) / 1000;
  return (
    <Dial
      fraction={Math.min(1, seconds / length)}
      urgent={urgent}
      className={size === 'small' ? 'size-20' : 'size-32'}
    >
      <p role="timer" aria-live="off" aria-label={HOLDS.left(spokenDuration(seconds))}>
        <span
          aria-hidden
          data-testid="countdown"
          className={classes(
            'font-display font-bold',
            size === 'small' ? 'text-lg' : 'text-3xl',
            urgent && 'text-urgent',
          )}
        >
          {countdown(seconds)}
        </span>
      </p>
    </Dial>
  );
}
