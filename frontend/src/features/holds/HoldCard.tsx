import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { Stage } from '@/components/Stage';
import { HoldDial } from '@/features/holds/HoldDial';
import { phaseAt } from '@/features/holds/phase';
import { classes } from '@/lib/classes';
import { money } from '@/lib/money';
import { useServerTime } from '@/lib/ticker';

interface HoldCardProps {
  hold: Reservation;
  onPay: () => void;
  onGiveBack: () => void;
  /** In a view of its own, with room for the product's picture and a large dial. */
  roomy: boolean;
}

/** One running hold: how long it has, what it costs, and the two things to do with it. */
export function HoldCard({ hold, onPay, onGiveBack, roomy }: HoldCardProps) {
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  const Heading = roomy ? 'h2' : 'h3';
  return (
    <li className={classes('panel overflow-hidden', urgent && 'animate-alarm border-rose/70')}>
      {roomy && <Stage name={hold.productName} soldOut={false} />}
      <div className="flex items-center gap-4 p-4">
        <HoldDial hold={hold} urgent={urgent} size={roomy ? 'large' : 'small'} />
        <div className="min-w-0 grow">
          <Heading className="leading-snug font-semibold">{hold.productName}</Heading>
          <p className="text-sm text-muted">
            {hold.quantity} × {money(hold.unitPrice)}
          </p>
          <p className={classes('text-sm font-semibold', urgent ? 'text-rose' : 'text-glow')}>
            {urgent ? 'Running out' : 'Held for you'}
          </p>
        </div>
      </div>
      <div className="flex flex-wrap gap-2 p-4 pt-0">
        <Button look="ember" className="grow" onClick={onPay}>
          Pay {money(hold.unitPrice * hold.quantity)}
          <span className="sr-only"> for {hold.productName}</span>
        </Button>
        <Button look="quiet" onClick={onGiveBack}>
          Give back<span className="sr-only"> {hold.productName}</span>
        </Button>
      </div>
    </li>
  );
}
