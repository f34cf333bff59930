import { Suspense, useEffect, useRef } from 'react';

import { AdmissionBanner } from '@/app/AdmissionBanner';
import { BottomBar } from '@/app/BottomBar';
import { Footer } from '@/app/Footer';
import { BackgroundSync } from '@/app/BackgroundSync';
import { Header } from '@/app/Header';
import { MissingPartBanner } from '@/app/MissingPartBanner';
import { MissingView } from '@/app/MissingView';
import { OfflineBanner } from '@/app/OfflineBanner';
import { StaleBanner } from '@/app/StaleBanner';
import { NAVIGATION, VIEWS, type View } from '@/app/views';
import { LiveRegion } from '@/components/LiveRegion';
import { SkipLink } from '@/components/SkipLink';
import { TopBar } from '@/components/TopBar';
import { HoldDialogs } from '@/features/holds/HoldDialogs';
import { HoldsPanel } from '@/features/holds/HoldsPanel';
import { ProductsView } from '@/features/products/ProductsView';
import { takePendingFocus } from '@/lib/focus';
import { useOnline } from '@/lib/online';
import { lazyPart } from '@/lib/parts';
import { useSearchParam } from '@/lib/searchParams';
import { toast } from '@/lib/toasts';
import { useStore } from '@/lib/store';
import { TITLE, viewTitle } from '@/texts/page';

// Loaded later, because the first view does not need them.
const HistoryView = lazyPart(() => import('@/features/history/HistoryView'), MissingView);
const Toasts = lazyPart(() => import('@/components/Toasts'));

export function App() {
  const view = useSearchParam('view', VIEWS);
  const main = useArrival(view);
  const news = useStore(toast) !== null;
  const online = useOnline();
  return (
    <>
      <SkipLink />
      <TopBar>
        <Header view={view} />
        {!online && <OfflineBanner />}
        <StaleBanner />
        <MissingPartBanner />
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
  useEffect(() => {
    const label = NAVIGATION.find((each) => each.view === view)?.label ?? '';
    document.title = view === 'shop' ? TITLE : viewTitle(label);
    if (shown.current === view) return;
    shown.current = view;
    window.scrollTo(0, 0);
    if (!takePendingFocus()) main.current?.focus({ preventScroll: true });
  }, [view]);
  return main;
}
