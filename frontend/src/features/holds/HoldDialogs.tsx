import { Suspense, useEffect } from 'react';
import { flushSync } from 'react-dom';

import { holdDialog } from '@/data/holdDialog';
import { reservations } from '@/data/reservations';
import { focusOn } from '@/lib/focus';
import { lazyPart } from '@/lib/parts';
import { useSearch } from '@/lib/searchParams';
import { useStore } from '@/lib/store';
import { whenIdle } from '@/lib/whenIdle';

const load = () => import('@/features/holds/OpenHoldDialog');
const OpenHoldDialog = lazyPart(load);

const close = () => {
  holdDialog.set(null);
};

/** The payment or the cancellation of a hold. Its code is loaded when the page is idle, before it is needed. */
export function HoldDialogs() {
  const open = useStore(holdDialog);
  const all = useStore(reservations);
  const search = useSearch();
  const left = open !== null && open.search !== search;
  useEffect(() => {
    if (left) close();
  }, [left]);
  useEffect(() => {
    void whenIdle().then(() => load().catch(() => undefined));
  }, []);
  if (!open || left) return null;
  const hold = all.find(({ id }) => id === open.hold.id) ?? open.hold;
  return (
    <Suspense>
      <OpenHoldDialog action={open.action} hold={hold} onClose={close} onSettled={closeAndFocus} />
    </Suspense>
  );
}

/** The browser focuses the button that opened the dialog. If it has gone with its hold, the heading takes the focus. */
function closeAndFocus(): void {
  flushSync(close);
  if (document.activeElement !== document.body) return;
  if (!focusOn('holds-aside') && !focusOn('holds-view')) focusOn('main');
}
