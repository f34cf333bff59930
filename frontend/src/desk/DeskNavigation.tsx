import { useInfiniteQuery } from '@tanstack/react-query';

import { AppLink } from '@/components/AppLink';
import { refundsOf } from '@/desk/queries';
import { NAVIGATION, toView, type View } from '@/desk/views';
import { classes } from '@/lib/classes';

interface DeskNavigationProps {
  current: View;
  /** At the top of wide screens, at the bottom of phones. */
  place: 'top' | 'bottom';
}

export function DeskNavigation({ current, place }: DeskNavigationProps) {
  return (
    <nav aria-label="Views">
      <ul className={place === 'top' ? 'flex gap-1' : 'grid grid-cols-4'}>
        {NAVIGATION.map(({ view, label, Icon }) => (
          <li key={view}>
            <AppLink
              to={toView(view)}
              aria-current={view === current ? 'page' : undefined}
              className={classes(
                'relative flex min-h-11 items-center justify-center font-semibold text-muted transition-colors',
                'hover:text-ink aria-[current]:text-ink forced-colors:aria-[current]:underline',
                place === 'top'
                  ? 'gap-2 rounded-full px-3 aria-[current]:bg-line lg:px-4'
                  : 'flex-col gap-0.5 py-2 text-2xs',
              )}
            >
              <Icon aria-hidden className={classes('size-5', view === current && 'text-accent')} />
              {label}
              {view === 'refunds' && <OpenRefunds place={place} />}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** How many refunds wait. */
function OpenRefunds({ place }: { place: 'top' | 'bottom' }) {
  const [first] = useInfiniteQuery(refundsOf('open')).data?.pages ?? [];
  if (!first || first.items.length === 0) return null;
  return (
    <span
      className={classes(
        'ember grid h-5 min-w-5 place-items-center rounded-full px-1.5 text-2xs font-bold',
        place === 'bottom' && 'absolute top-1.5 left-1/2 ml-1.5',
      )}
    >
      <span className="sr-only">, open: </span>
      {first.items.length}
      {first.next !== undefined && '+'}
    </span>
  );
}
