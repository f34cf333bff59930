import { Minus, Plus } from 'lucide-react';

import { classes } from '@/lib/classes';
import { ONE_LESS, ONE_MORE } from '@/texts/controls';

interface StepperProps {
  value: number;
  most: number;
  onChange: (value: number) => void;
  /** What is counted, for screen readers. */
  label: string;
}

const STEP =
  'grid size-11 place-items-center rounded-control text-ink hover:bg-line aria-disabled:cursor-not-allowed aria-disabled:text-faint aria-disabled:opacity-60';

/** Buttons that change a number between 1 and `most`. */
export function Stepper({ value, most, onChange, label }: StepperProps) {
  const step = (to: number) => {
    if (to >= 1 && to <= most) onChange(to);
  };
  return (
    <div role="group" aria-label={label} className="flex items-center rounded-control border border-edge">
      <button
        type="button"
        aria-label={ONE_LESS}
        aria-disabled={value <= 1}
        onClick={() => {
          step(value - 1);
        }}
        className={STEP}
      >
        <Minus aria-hidden className="size-4" />
      </button>
      <output className={classes('w-7 text-center font-semibold')}>{value}</output>
      <button
        type="button"
        aria-label={ONE_MORE}
        aria-disabled={value >= most}
        onClick={() => {
          step(value + 1);
        }}
        className={STEP}
      >
        <Plus aria-hidden className="size-4" />
      </button>
    </div>
  );
}
