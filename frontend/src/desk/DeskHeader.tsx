import { LogOut } from 'lucide-react';

import { Button } from '@/components/Button';
import { Logo } from '@/components/Logo';
import { DeskNavigation } from '@/desk/DeskNavigation';
import { signOut } from '@/desk/session';
import type { View } from '@/desk/views';
import { HEADER } from '@/desk/texts/frame';

export function DeskHeader({ view }: { view: View }) {
  return (
    <header className="border-b border-line">
      <div className="mx-auto flex max-w-7xl items-center justify-between gap-4 px-4 py-2 sm:px-6">
        <p className="flex min-h-11 items-center gap-2.5 font-display text-xl font-bold tracking-tight">
          <Logo className="size-8" />
          <span>
            <span className="sm:max-lg:sr-only">{HEADER.shop} </span>
            <span className="text-muted sm:max-md:sr-only">{HEADER.desk}</span>
          </span>
        </p>
        <div className="hidden sm:block">
          <DeskNavigation current={view} place="top" />
        </div>
        <Button look="quiet" className="-me-4" onClick={signOut}>
          <LogOut aria-hidden className="size-4" />
          {HEADER.signOut}
        </Button>
      </div>
    </header>
  );
}
