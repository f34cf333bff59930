import { Dot } from '@/desk/SaleTotals';
import { FIGURE_NOTES } from '@/desk/texts/sale';
import { grouped } from '@/lib/numbers';

interface RateProps {
  name: string;
  value: number;
  /** The colour of its line in the chart below. */
  colour: string;
}

/** A rate now; it is the key to the chart below. */
export function Rate({ name, value, colour }: RateProps) {
  return (
    <div className="flex items-center gap-1.5">
      <dt className="flex items-center gap-1.5 text-muted">
        <Dot colour={colour} />
        {name}
      </dt>
      <dd>
        <strong className="font-semibold">{grouped(value)}</strong>{' '}
        <span className="text-muted">{FIGURE_NOTES.aMinute}</span>
      </dd>
    </div>
  );
}
