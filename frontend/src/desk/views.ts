import { Banknote, ChartNoAxesCombined, Flame, ScrollText } from 'lucide-react';

export const VIEWS = ['sale', 'holds', 'refunds', 'changes'] as const;
export type View = (typeof VIEWS)[number];

export const NAVIGATION = [
  { view: 'sale', label: 'Sale', Icon: ChartNoAxesCombined },
  { view: 'holds', label: 'Holds', Icon: Flame },
  { view: 'refunds', label: 'Refunds', Icon: Banknote },
  { view: 'changes', label: 'Changes', Icon: ScrollText },
] as const;

/** Query parameters that open a view and remove what the others have searched for. */
export const toView = (view: View) => ({
  view: view === 'sale' ? '' : view,
  id: '',
  product: '',
  status: '',
});
