import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

interface BannerProps {
  label: string;
  Icon: LucideIcon;
  children: ReactNode;
  action?: ReactNode;
}

/** A message about the state of the shop, under the header. */
export function Banner({ label, Icon, children, action }: BannerProps) {
  return (
    <aside aria-label={label} className="border-b border-line bg-accent-tint text-sm">
      <div className="mx-auto flex min-h-13 max-w-7xl flex-wrap items-center gap-x-3 gap-y-1 px-4 py-1 sm:px-6">
        <Icon aria-hidden className="size-4 shrink-0 text-accent" />
        <p className="min-w-0 grow basis-60">{children}</p>
        {action}
      </div>
    </aside>
  );
}
