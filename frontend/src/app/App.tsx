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
import { linkTo } from '@/features/products/productLink';
import { ProductsView } from '@/features/products/ProductsView';
import { focusOn, takePendingFocus } from '@/lib/focus';
import { useOnline } from '@/lib/online';
import { lazyPart } from '@/lib/parts';
import { useSearchParam, useSearchText } from '@/lib/searchParams';
import { setTitle } from '@/lib/title';
import { toast } from '@/lib/toasts';
import { useStore } from '@/lib/store';
import { TITLE, viewTitle } from '@/texts/page';

// Loaded later, because the first view does not need them.
const HistoryView = lazyPart(() => import('@/features/history/HistoryView'), MissingView);
const ProductPage = lazyPart(() => import('@/features/products/ProductPage'), MissingView);
const Toasts = lazyPart(() => import('@/components/Toasts'));

export function App() {
  const view = useSearchParam('view', VIEWS);
  const product = useSearchText('product');
  const shown = view === 'shop' && product ? 'product' : view;
  const main = useArrival(view, shown === 'product' ? product : '');
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
        {shown === 'shop' && <ProductsView aside={<HoldsPanel place="aside" />} />}
        {view === 'holds' && <HoldsPanel place="view" />}
        <Suspense>
          {shown === 'product' && (
            <ProductPage key={product} id={product} aside={<HoldsPanel place="aside" />} />
          )}
          {view === 'history' && <HistoryView />}
        </Suspense>
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
 * After a change of view: set the title, scroll to the top, and move the focus to the element that was asked for, to the
 * link of the product that was shown, or to the view. A product's page sets the title itself.
 */
function useArrival(view: View, product: string) {
  const main = useRef<HTMLElement>(null);
  const shown = useRef({ view, product });
  useEffect(() => {
    const label = NAVIGATION.find((each) => each.view === view)?.label ?? '';
    if (!product) setTitle(view === 'shop' ? TITLE : viewTitle(label));
    const before = shown.current;
    if (before.view === view && before.product === product) return;
    shown.current = { view, product };
    window.scrollTo(0, 0);
    if (!takePendingFocus() && !focusOn(linkTo(before.product))) main.current?.focus({ preventScroll: true });
  }, [view, product]);
  return main;
}
