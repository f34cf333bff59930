import { Flame, History, Store } from 'lucide-react';

import { VIEW_NAMES } from '@/texts/page';

export const VIEWS = ['shop', 'holds', 'history'] as const;
export type View = (typeof VIEWS)[number];

export const NAVIGATION = [
  { view: 'shop', label: VIEW_NAMES.shop, Icon: Store },
  { view: 'holds', label: VIEW_NAMES.holds, Icon: Flame },
  { view: 'history', label: VIEW_NAMES.history, Icon: History },
] as const;

/** Query parameters that open a view and remove what belongs to the others. */
export const toView = (view: View) => ({
  ...{ product: '', show: '', sort: '', search: '', status: '' },
  view: view === 'shop' ? '' : view,
});
