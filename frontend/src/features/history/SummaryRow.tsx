import type { Summary } from '@/features/history/summary';
import { usePaid } from '@/features/history/usePaid';
import { grouped } from '@/lib/numbers';
import { TOTALS } from '@/texts/history';

/** The totals at the top of the history. */
export function SummaryRow({ numbers }: { numbers: Summary }) {
  const { held, bought, paid, expired } = numbers;
  return (
    <dl className="grid grid-cols-2 gap-3 sm:gap-4 lg:grid-cols-4">
      <Figure name={TOTALS.held} value={grouped(held)} />
      <Figure name={TOTALS.bought} value={grouped(bought)} />
      <Figure name={TOTALS.paid} value={usePaid(paid)} />
      <Figure name={TOTALS.expired} value={grouped(expired)} />
    </dl>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div className="panel px-5 py-4">
      <dt className="text-sm text-muted">{name}</dt>
      <dd key={value} className="mt-1 animate-tick font-display text-3xl font-bold tracking-tight">
        {value}
      </dd>
    </div>
  );
}
