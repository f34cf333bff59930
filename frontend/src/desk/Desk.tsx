import { lazy, Suspense, useEffect, useRef } from 'react';

import { LiveRegion } from '@/components/LiveRegion';
import { SkipLink } from '@/components/SkipLink';
import { TopBar } from '@/components/TopBar';
import { ChangesView } from '@/desk/ChangesView';
import { DeskHeader } from '@/desk/DeskHeader';
import { DeskNavigation } from '@/desk/DeskNavigation';
import { HoldsView } from '@/desk/HoldsView';
import { RefundsView } from '@/desk/RefundsView';
import { SaleView } from '@/desk/SaleView';
import { session } from '@/desk/session';
import { SignIn } from '@/desk/SignIn';
import { StatusStrip } from '@/desk/StatusStrip';
import { VIEWS, type View } from '@/desk/views';
import { useSearchParam } from '@/lib/searchParams';
import { useStore } from '@/lib/store';
import { toast } from '@/lib/toasts';
import { VIEW_NAMES, viewTitle } from '@/desk/texts/frame';

// as in the shop: only needed after an action
const Toasts = lazy(() => import('@/components/Toasts'));

const SHOWN = { sale: SaleView, holds: HoldsView, refunds: RefundsView, changes: ChangesView };

/** The page of operators: a form to sign in, then the desk. */
export function Desk() {
  const { token, rejected } = useStore(session);
  return token === null ? <SignIn rejected={rejected} /> : <SignedIn token={token} />;
}

function SignedIn({ token }: { token: string }) {
  const view = useSearchParam('view', VIEWS);
  const main = useArrival(view);
  const news = useStore(toast) !== null;
  const Shown = SHOWN[view];
  return (
    <>
      <SkipLink />
      <TopBar>
        <DeskHeader view={view} />
      </TopBar>
      <StatusStrip token={token} />
      <main ref={main} id="main" tabIndex={-1} className="mx-auto min-h-[70dvh] max-w-7xl px-4 pb-12 sm:px-6">
        <Shown />
      </main>
      <div className="bottom-0 z-30 border-t border-line bg-veil pb-[env(safe-area-inset-bottom)] backdrop-blur-xl tall:sticky sm:hidden">
        <DeskNavigation current={view} place="bottom" />
      </div>
      <Suspense>{news && <Toasts />}</Suspense>
      <LiveRegion />
    </>
  );
}

/** Set the title. After signing in and after a change of view, scroll to the top and move the focus to the view. */
function useArrival(view: View) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef<View>(null);
  useEffect(() => {
    document.title = viewTitle(VIEW_NAMES[view]);
    if (shown.current === view) return;
    shown.current = view;
    window.scrollTo(0, 0);
    main.current?.focus({ preventScroll: true });
  }, [view]);
  return main;
}
