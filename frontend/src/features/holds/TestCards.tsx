import { CreditCard } from 'lucide-react';

import { classes } from '@/lib/classes';
import { ACCEPTED_CARD, DECLINED_CARD, PAYMENT } from '@/texts/payment';

/** The mock payment provider decides by the prefix of the payment reference. */
export const TEST_CARDS = [
  { ...ACCEPTED_CARD, prefix: 'card' },
  { ...DECLINED_CARD, prefix: 'declined' },
] as const;
export type TestCard = (typeof TEST_CARDS)[number];

interface TestCardsProps {
  card: TestCard;
  onChange: (card: TestCard) => void;
  /** No other card can be chosen while the result of a payment is unknown. */
  disabled: boolean;
}

export function TestCards({ card, onChange, disabled }: TestCardsProps) {
  return (
    <fieldset className={classes('grid gap-2', disabled && 'opacity-60')}>
      <legend className="mb-2 text-sm font-semibold text-muted">{PAYMENT.cards}</legend>
      {TEST_CARDS.map((each) => (
        <label
          key={each.name}
          className={classes(
            'relative flex min-h-14 items-center gap-3 rounded-control border px-4 transition-colors',
            'has-focus-visible:outline-3 has-focus-visible:outline-offset-2 has-focus-visible:outline-accent',
            each === card ? 'border-accent bg-accent-tint' : 'border-line hover:border-edge',
          )}
        >
          <input
            type="radio"
            name="card"
            checked={each === card}
            aria-disabled={disabled}
            onChange={() => {
              if (!disabled) onChange(each);
            }}
            className="size-5 accent-ember outline-none"
          />
          <CreditCard aria-hidden className="size-5 text-muted" />
          <span className="font-semibold">{each.name}</span>
          <span className="ms-auto text-sm text-muted">{each.result}</span>
        </label>
      ))}
    </fieldset>
  );
}
