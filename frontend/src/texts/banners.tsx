import type { ReactNode } from 'react';

import { KEEPS_TRYING, SHOP_DOWN } from '@/texts/sentences';

const CONNECTION_LABEL = 'Connection';
const CROWDED = 'Many new shoppers use your network.';
const THEN_SENT = 'and then sends what you have pressed.';
const OFFLINE_TEXT = 'You are offline.';

/** The banners under the header: the label of each, and what it says. */
export const ADMISSION = {
  label: 'Admission',
  spoken: `${CROWDED} The shop admits you soon ${THEN_SENT}`,
  text: (time: ReactNode) => (
    <>
      {CROWDED} The shop admits you in {time} {THEN_SENT}
    </>
  ),
};

export const CONNECTION = {
  label: CONNECTION_LABEL,
  problems: { slow: 'The shop answers slowly.', down: SHOP_DOWN },
  spoken: (problem: string) => `${problem} The stock on this page is out of date.`,
  text: (problem: string, age: ReactNode) => (
    <>
      {problem} The stock on this page is {age} old. {KEEPS_TRYING}
    </>
  ),
  /** How old the stock is. */
  age: (seconds: number) => (seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min`),
  recovered: 'The shop answers again.',
};

export const OFFLINE = {
  label: CONNECTION_LABEL,
  text: OFFLINE_TEXT,
  knownAt: (time: string) => `${OFFLINE_TEXT} This is what was known at ${time}.`,
};

export const MISSING_PART = {
  label: 'Page',
  view: 'This view could not be loaded',
  text: 'A part of this page could not be loaded. You are offline, or the shop has a new version.',
};

export const RELOAD = 'Reload';
