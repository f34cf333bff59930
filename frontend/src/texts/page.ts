import { LIVE, RECONNECTING, SHOP_NAME } from '@/texts/controls';
import { isolated } from '@/texts/names';

/** The texts of the frame around the views: header, navigation, footer. */
export const TITLE = `${SHOP_NAME} · flash sale`;
/** The title of a view or of a product's page. */
export const viewTitle = (view: string) => `${isolated(view)} · ${SHOP_NAME}`;

export const VIEW_NAMES = { shop: 'Shop', holds: 'Holds', history: 'History' };
/** What the number beside a view counts. */
export const RUNNING = 'running';

export const CONNECTION_STATES = { live: LIVE, slow: 'Slow', down: RECONNECTING, offline: 'Offline' };

export const HOW_IT_WORKS = {
  title: 'How it works',
  steps: [
    ['Reserve', 'The unit is yours to buy: nobody else can reserve it. Reserving is free of charge.'],
    [
      'Decide',
      'The countdown follows the clock of the shop. You can reload or close the page; the hold stays.',
    ],
    ['Pay or cancel', 'Pay before the time ends. Otherwise the unit is on sale again at once.'],
  ],
  demonstration: `${SHOP_NAME} is a demonstration. It sells no goods and takes no money.`,
} as const;
