import { useInfiniteQuery } from '@tanstack/react-query';
import { CircleCheck } from 'lucide-react';

import { EmptyState } from '@/components/EmptyState';
import { RadioGroup } from '@/components/RadioGroup';
import { Pages } from '@/desk/Pages';
import { refundsOf } from '@/desk/queries';
import { RefundRow } from '@/desk/RefundRow';
import { addressWith, goTo, useSearchParam } from '@/lib/searchParams';
import { VIEW_NAMES } from '@/desk/texts/frame';
import { REFUNDS } from '@/desk/texts/refunds';
import { SHOW } from '@/texts/controls';

const STATUSES = [
  { value: 'open', label: REFUNDS.open },
  { value: 'settled', label: REFUNDS.settled },
] as const;

/** Payments that completed no reservation and go back to their shoppers. */
export function RefundsView() {
  const status = useSearchParam('status', ['open', 'settled']);
  const refunds = useInfiniteQuery(refundsOf(status));
  return (
    <section aria-labelledby="refunds" className="flex flex-col gap-6 pt-8">
      <div>
        <h1 id="refunds" tabIndex={-1} className="text-title font-bold">
          {VIEW_NAMES.refunds}
        </h1>
        <p className="mt-1.5 text-muted">{REFUNDS.text}</p>
      </div>
      <RadioGroup
        label={SHOW}
        name="status"
        options={STATUSES}
        value={status}
        onChange={(value) => {
          goTo(addressWith({ status: value === 'open' ? '' : value }), 'replace');
        }}
      />
      <Pages list={refunds} empty={<NoRefunds status={status} />}>
        {(items) => (
          <ul aria-label={VIEW_NAMES.refunds} className="grid gap-3">
            {items.map((refund) => (
              <RefundRow key={refund.paymentReference} refund={refund} />
            ))}
          </ul>
        )}
      </Pages>
    </section>
  );
}

function NoRefunds({ status }: { status: 'open' | 'settled' }) {
  return (
    <EmptyState
      picture={<CircleCheck aria-hidden className="size-16 text-success" strokeWidth={1.2} />}
      title={status === 'open' ? REFUNDS.nothingOpen : REFUNDS.nothingSettled}
      text={REFUNDS.nothingText}
    />
  );
}
