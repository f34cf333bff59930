import { Banknote, ChartNoAxesCombined, Flame, ScrollText } from 'lucide-react';

import { VIEW_NAMES } from '@/desk/texts/frame';

export const VIEWS = ['sale', 'holds', 'refunds', 'changes'] as const;
export type View = (typeof VIEWS)[number];

export const NAVIGATION = [
  { view: 'sale', label: VIEW_NAMES.sale, Icon: ChartNoAxesCombined },
  { view: 'holds', label: VIEW_NAMES.holds, Icon: Flame },
  { view: 'refunds', label: VIEW_NAMES.refunds, Icon: Banknote },
  { view: 'changes', label: VIEW_NAMES.changes, Icon: ScrollText },
] as const;

/** Query parameters that open a view and remove what the others have searched for. */
export const toView = (view: View) => ({
  view: view === 'sale' ? '' : view,
  id: '',
  product: '',
  status: '',
});
