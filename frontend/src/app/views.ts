import { Flame, History, Store } from 'lucide-react';

export const VIEWS = ['shop', 'holds', 'history'] as const;
export type View = (typeof VIEWS)[number];

export const NAVIGATION = [
  { view: 'shop', label: 'Shop', Icon: Store },
  { view: 'holds', label: 'Holds', Icon: Flame },
  { view: 'history', label: 'History', Icon: History },
] as const;

/** Query parameters that open a view and remove what belongs to the others. */
export const toView = (view: View) => ({
  ...{ product: '', show: '', sort: '', search: '', status: '' },
  view: view === 'shop' ? '' : view,
});
