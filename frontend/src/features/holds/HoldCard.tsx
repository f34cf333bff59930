import type { Reservation } from '@/api/types';
import { Button } from '@/components/Button';
import { HoldDial } from '@/features/holds/HoldDial';
import { phaseAt } from '@/features/holds/phase';
import { classes } from '@/lib/classes';
import { money } from '@/lib/money';
import { useServerTime } from '@/lib/ticker';

interface HoldCardProps {
  hold: Reservation;
  onPay: () => void;
  onGiveBack: () => void;
}

/** One running hold: how long it has, what it costs, and the two things to do with it. */
export function HoldCard({ hold, onPay, onGiveBack }: HoldCardProps) {
  const urgent = useServerTime((now) => phaseAt(hold, now) !== 'calm');
  return (
    <li className={classes('panel p-4', urgent && 'animate-alarm border-rose/70')}>
      <div className="flex items-center gap-4">
        <HoldDial hold={hold} urgent={urgent} />
        <div className="min-w-0 grow">
          <h3 className="leading-snug font-semibold">{hold.productName}</h3>
          <p className="text-sm text-muted">
            {hold.quantity} × {money(hold.unitPrice)}
          </p>
          <p className={classes('text-sm font-semibold', urgent ? 'text-rose' : 'text-glow')}>
            {urgent ? 'Running out' : 'Held for you'}
          </p>
        </div>
      </div>
      <div className="mt-4 flex flex-wrap gap-2">
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
