import { Button } from '@/components/Button';
import { moveFocusTo } from '@/lib/focus';
import { CARD } from '@/texts/card';

interface HoldLinkProps {
  /** The id of the hold; null for all holds. */
  hold: string | null;
  className?: string | undefined;
}

/** Moves the focus to a hold, beside the products or in the holds view. */
export function HoldLink({ hold, className }: HoldLinkProps) {
  return (
    <Button
      className={className}
      onClick={() => {
        moveFocusTo(hold === null ? 'holds-aside' : `hold-${hold}`, { view: 'holds', show: '', sort: '' });
      }}
    >
      {hold === null ? CARD.toHolds : CARD.toHold}
    </Button>
  );
}
