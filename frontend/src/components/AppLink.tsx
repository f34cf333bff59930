import type { ComponentProps, MouseEvent } from 'react';

import { addressWith, goTo } from '@/lib/searchParams';

interface AppLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** Query parameters to change. An empty value removes the parameter. */
  to: Record<string, string>;
}

/** A link inside the shop. It changes the address without loading the page again. */
export function AppLink({ to, ...props }: AppLinkProps) {
  const address = addressWith(to);
  const open = (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return; // a new tab or window was asked for
    event.preventDefault();
    goTo(address);
  };
  return (
    <a {...props} href={address} onClick={open}>
      {props.children}
    </a>
  );
}
