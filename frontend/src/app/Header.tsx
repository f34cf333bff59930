import { ConnectionStatus } from '@/app/ConnectionStatus';
import { Navigation } from '@/app/Navigation';
import { toView, type View } from '@/app/views';
import { AppLink } from '@/components/AppLink';
import { Logo } from '@/components/Logo';
import { SHOP_NAME } from '@/texts/controls';

export function Header({ view }: { view: View }) {
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex max-w-7xl items-center justify-between gap-4 px-4 py-2 sm:px-6">
        <AppLink
          to={toView('shop')}
          className="flex min-h-11 items-center gap-2.5 font-display text-xl font-bold tracking-tight"
        >
          <Logo className="size-8" />
          {SHOP_NAME}
        </AppLink>
        <div className="hidden sm:block">
          <Navigation current={view} place="top" />
        </div>
        <ConnectionStatus />
      </div>
    </header>
  );
}
