import type { ReactNode } from 'react';

import { LIVE, RECONNECTING, SHOP_NAME } from '@/texts/controls';
import { isolated } from '@/texts/names';

const DESK_NAME = 'Sale desk';

/** The frame around the views: header, navigation, form to sign in. */
export const viewTitle = (view: string) => `${view} · ${DESK_NAME} · ${SHOP_NAME}`;

export const HEADER = { shop: SHOP_NAME, desk: 'desk', signOut: 'Sign out' };

export const VIEW_NAMES = { sale: 'Sale', holds: 'Holds', refunds: 'Refunds', changes: 'Changes' };
/** What the number beside the refunds counts. */
export const OPEN_REFUNDS = 'open';

export const CLOSE = 'Close';
export const CLEAR = 'Clear';
/** A list that is read page by page. */
export const PAGES = { loading: 'Loading', more: 'Show more', unavailable: 'The list cannot be read' };

export const SIGN_IN = {
  title: DESK_NAME,
  text: 'For operators. Sign in with an admin token.',
  token: 'Admin token',
  hint: (command: (text: string) => ReactNode) => (
    <>{command('make admin-token')} prints one. It stays in this tab until you sign out or close the tab.</>
  ),
  signIn: 'Sign in',
  rejected: 'This token was rejected. A token is valid for an hour: get a new one.',
  unanswered: 'The API did not answer. Try again.',
};

/** The strip under the header. */
export const STATUS = {
  label: 'State of the system',
  live: LIVE,
  connecting: 'Connecting',
  reconnecting: RECONNECTING,
  stale: (seconds: number) => `Figures ${seconds} s old`,
  down: 'The figures are out of date. The API does not answer.',
  balanced: 'Every unit in its place',
  drifting: (products: string[]) => `Out of balance: ${products.map(isolated).join(', ')}`,
  balanceUnknown: 'Balance not known',
  checking: 'Checking the balance',
  checkedAt: (time: string) => ` at ${time}`,
  check: 'Check the balance now',
  connections: (allowed: number) => ` of ${allowed} database connections`,
  token: (minutes: number) => ` · token valid for ${minutes} min`,
};
