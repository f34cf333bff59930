import type { ReactNode } from 'react';

import { isolated } from '@/texts/names';

/** Payments to give back. */
export const REFUNDS = {
  text: 'Payments that came too late. Give the money back at your payment provider, then mark them here.',
  open: 'To deal with',
  settled: 'Dealt with',
  nothingOpen: 'Nothing to refund',
  nothingSettled: 'Nothing dealt with yet',
  nothingText: 'A payment is listed here if it came after the lapse of its hold and the units were gone.',
};

export const REFUND = {
  recorded: (at: ReactNode) => <>Recorded {at}</>,
  settled: (at: ReactNode, by: string | null) => (
    <>
      Dealt with {at} by <bdi>{by}</bdi>
    </>
  ),
  settle: 'Mark as dealt with',
  title: (amount: string) => `Mark ${amount} as given back?`,
  text: (payment: ReactNode) => (
    <>
      Do this after the payment {payment} was given back. It moves no money; it is recorded under your name.
    </>
  ),
  done: 'Refund dealt with',
  doneText: (amount: string, payment: string) =>
    `${amount} for ${isolated(payment)} is recorded under your name.`,
};
