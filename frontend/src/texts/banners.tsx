import type { ReactNode } from 'react';

/** The banners under the header: the label of each, and what it says. */
export const ADMISSION = {
  label: 'Admission',
  spoken:
    'Many new shoppers use your network. The shop admits you soon and then sends what you have pressed.',
  text: (time: ReactNode) => (
    <>
      Many new shoppers use your network. The shop admits you in {time} and then sends what you have pressed.
    </>
  ),
};

export const CONNECTION = {
  label: 'Connection',
  problems: { slow: 'The shop answers slowly.', down: 'The shop does not answer.' },
  spoken: (problem: string) => `${problem} The stock on this page is out of date.`,
  text: (problem: string, age: ReactNode) => (
    <>
      {problem} The stock on this page is {age} old. The page keeps trying.
    </>
  ),
  recovered: 'The shop answers again.',
};

export const OFFLINE = {
  label: 'Connection',
  text: 'You are offline.',
  knownAt: (time: string) => `You are offline. This is what was known at ${time}.`,
};

export const MISSING_PART = {
  label: 'Page',
  view: 'This view could not be loaded',
  text: 'A part of this page could not be loaded. You are offline, or the shop has a new version.',
};

export const TRY_AGAIN = 'Try again';
export const RELOAD = 'Reload';
