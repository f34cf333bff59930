import type { LucideIcon } from 'lucide-react';
import type { ReactNode } from 'react';

import { AppLink } from '@/components/AppLink';
import { classes } from '@/lib/classes';
import { VIEWS } from '@/texts/controls';

/** At the top of wide screens, at the bottom of phones. */
export type Place = 'top' | 'bottom';

interface ViewLinksProps<View extends string> {
  views: readonly { view: View; label: string; Icon: LucideIcon }[];
  current: View;
  place: Place;
  /** The query parameters that open a view. */
  toView: (view: View) => Record<string, string>;
  /** The room at both sides of a link at the top. */
  spacing: string;
  /** What a link shows beside its name. */
  count?: (view: View) => ReactNode;
}

/** The links to all views of a page. */
export function ViewLinks<View extends string>(props: ViewLinksProps<View>) {
  const { views, current, place, toView, spacing, count } = props;
  return (
    <nav aria-label={VIEWS}>
      <ul className={place === 'top' ? 'flex gap-1' : 'grid auto-cols-fr grid-flow-col'}>
        {views.map(({ view, label, Icon }) => (
          <li key={view}>
            <AppLink
              to={toView(view)}
              aria-current={view === current ? 'page' : undefined}
              className={classes(
                'relative flex min-h-11 items-center justify-center font-semibold text-muted transition-colors',
                'hover:text-ink aria-[current]:text-ink forced-colors:aria-[current]:underline',
                place === 'top'
                  ? classes('gap-2 rounded-full aria-[current]:bg-line', spacing)
                  : 'flex-col gap-0.5 py-2 text-2xs',
              )}
            >
              <Icon aria-hidden className={classes('size-5', view === current && 'text-accent')} />
              {label}
              {count?.(view)}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

interface CountProps {
  place: Place;
  /** What is counted, for screen readers. */
  meaning: string;
  children: ReactNode;
}

/** A number beside the name of a view. */
export function Count({ place, meaning, children }: CountProps) {
  return (
    <span
      className={classes(
        'ember grid h-5 min-w-5 place-items-center rounded-full px-1.5 text-2xs font-bold',
        place === 'bottom' && 'absolute top-1.5 start-1/2 ms-1.5',
      )}
    >
      <span className="sr-only">, {meaning}: </span>
      {children}
    </span>
  );
}
