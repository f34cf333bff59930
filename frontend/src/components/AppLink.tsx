import type { ComponentProps, MouseEvent } from 'react';

import { addressWith, goTo } from '@/lib/searchParams';

interface AppLinkProps extends Omit<ComponentProps<'a'>, 'href' | 'onClick'> {
  /** Parameters of the address to change; an empty value leaves one out. */
  to: Record<string, string>;
}

/** A link within the shop: a real address, opened without loading the page again. */
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
