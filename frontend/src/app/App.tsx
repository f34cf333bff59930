import { lazy, Suspense, useEffect, useRef } from 'react';

import { AdmissionBanner } from '@/app/AdmissionBanner';
import { BottomBar } from '@/app/BottomBar';
import { Footer } from '@/app/Footer';
import { BackgroundSync } from '@/app/BackgroundSync';
import { Header } from '@/app/Header';
import { StaleBanner } from '@/app/StaleBanner';
import { NAVIGATION, VIEWS, type View } from '@/app/views';
import { LiveRegion } from '@/components/LiveRegion';
import { SkipLink } from '@/components/SkipLink';
import { TopBar } from '@/components/TopBar';
import { HoldDialogs } from '@/features/holds/HoldDialogs';
import { HoldsPanel } from '@/features/holds/HoldsPanel';
import { ProductsView } from '@/features/products/ProductsView';
import { takePendingFocus } from '@/lib/focus';
import { useSearchParam } from '@/lib/searchParams';
import { titleLead } from '@/lib/titleLead';
import { toast } from '@/lib/toasts';
import { useStore } from '@/lib/store';

// Loaded later, because the first view does not need them.
const HistoryView = lazy(() => import('@/features/history/HistoryView'));
const Toasts = lazy(() => import('@/components/Toasts'));

export function App() {
  const view = useSearchParam('view', VIEWS);
  const main = useArrival(view);
  const news = useStore(toast) !== null;
  return (
    <>
      <SkipLink />
      <TopBar>
        <Header view={view} />
        <StaleBanner />
        <AdmissionBanner />
      </TopBar>
      <main ref={main} id="main" tabIndex={-1} className="mx-auto min-h-[70dvh] max-w-7xl px-4 sm:px-6">
        {view === 'shop' && <ProductsView aside={<HoldsPanel place="aside" />} />}
        {view === 'holds' && <HoldsPanel place="view" />}
        <Suspense>{view === 'history' && <HistoryView />}</Suspense>
      </main>
      <HoldDialogs />
      <Footer />
      <BottomBar view={view} />
      <Suspense>{news && <Toasts />}</Suspense>
      <LiveRegion />
      <BackgroundSync />
    </>
  );
}

/**
 * After a change of view: set the title, scroll to the top, and move the focus to the view or to the element that was
 * asked for.
 */
function useArrival(view: View) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef(view);
  const lead = useStore(titleLead);
  useEffect(() => {
    const label = NAVIGATION.find((each) => each.view === view)?.label ?? '';
    document.title = [lead, view === 'shop' ? 'Ember · flash sale' : `${label} · Ember`]
      .filter(Boolean)
      .join(' · ');
    if (shown.current === view) return;
    shown.current = view;
    window.scrollTo(0, 0);
    if (!takePendingFocus()) main.current?.focus({ preventScroll: true });
  }, [view, lead]);
  return main;
}
