import { NAVIGATION, toView, type View } from '@/app/views';
import { AppLink } from '@/components/AppLink';
import { useHolds } from '@/data/holds';
import { classes } from '@/lib/classes';

interface NavigationProps {
  current: View;
  /** At the top of wide screens, at the bottom of phones. */
  place: 'top' | 'bottom';
}

export function Navigation({ current, place }: NavigationProps) {
  const holds = useHolds().length;
  return (
    <nav aria-label="Views">
      <ul className={place === 'top' ? 'flex gap-1' : 'grid grid-cols-3'}>
        {NAVIGATION.map(({ view, label, Icon }) => (
          <li key={view}>
            <AppLink
              to={toView(view)}
              aria-current={view === current ? 'page' : undefined}
              className={classes(
                'relative flex min-h-11 items-center justify-center font-semibold text-muted transition-colors',
                'hover:text-ink aria-[current]:text-ink forced-colors:aria-[current]:underline',
                place === 'top'
                  ? 'gap-2 rounded-full px-4 aria-[current]:bg-line'
                  : 'flex-col gap-0.5 py-2 text-2xs',
              )}
            >
              <Icon aria-hidden className={classes('size-5', view === current && 'text-accent')} />
              {label}
              {view === 'holds' && holds > 0 && <Count holds={holds} place={place} />}
            </AppLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Count({ holds, place }: { holds: number; place: 'top' | 'bottom' }) {
  return (
    <span
      className={classes(
        'ember grid h-5 min-w-5 place-items-center rounded-full px-1.5 text-2xs font-bold',
        place === 'bottom' && 'absolute top-1.5 left-1/2 ml-1.5',
      )}
    >
      <span className="sr-only">, running: </span>
      {holds}
    </span>
  );
}
