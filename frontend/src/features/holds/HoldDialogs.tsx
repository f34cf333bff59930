import { useEffect } from 'react';
import { flushSync } from 'react-dom';

import { holdDialog } from '@/data/holdDialog';
import { reservations } from '@/data/reservations';
import { CancelDialog } from '@/features/holds/CancelDialog';
import { PayDialog } from '@/features/holds/PayDialog';
import { focusOn } from '@/lib/focus';
import { useSearch } from '@/lib/searchParams';
import { useStore } from '@/lib/store';

const close = () => {
  holdDialog.set(null);
};

/** The payment or the cancellation of a hold. */
export function HoldDialogs() {
  const open = useStore(holdDialog);
  const all = useStore(reservations);
  const search = useSearch();
  const left = open !== null && open.search !== search;
  useEffect(() => {
    if (left) close();
  }, [left]);
  if (!open || left) return null;
  const Dialog = open.action === 'pay' ? PayDialog : CancelDialog;
  const hold = all.find(({ id }) => id === open.hold.id) ?? open.hold;
  return <Dialog hold={hold} onClose={close} onSettled={closeAndFocus} />;
}

/** The browser focuses the button that opened the dialog. If it has gone with its hold, the heading takes the focus. */
function closeAndFocus(): void {
  flushSync(close);
  if (document.activeElement !== document.body) return;
  if (!focusOn('holds-aside') && !focusOn('holds-view')) focusOn('main');
}
