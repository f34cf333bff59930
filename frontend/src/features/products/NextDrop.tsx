import { CalendarPlus, Share2 } from 'lucide-react';

import { Button } from '@/components/Button';
import { Dial } from '@/components/Dial';
import { LAYOUT } from '@/features/products/Hero';
import { dropTitle, type Drop } from '@/features/products/drops';
import { canShare, shareAddress } from '@/lib/share';
import { loadPart } from '@/lib/parts';
import { useSecondsUntil } from '@/lib/ticker';
import { countdown, exactTime, localTime, spokenDuration } from '@/lib/time';
import { unitsText } from '@/texts/controls';
import { DROP, LINK_COPIED, SHARE } from '@/texts/drops';

/** Leads the page while a sale is upcoming: what opens, when, and the ways to be there in time. */
export function NextDrop({ drop }: { drop: Drop }) {
  const title = dropTitle(drop);
  return (
    <section aria-label={DROP.title} className={LAYOUT}>
      <div className="min-w-0 grow low:flex low:flex-wrap low:items-end low:justify-between low:gap-x-8">
        <div className="min-w-0 max-w-2xl">
          <p className="font-semibold text-accent">{DROP.title}</p>
          <h1 className="mt-1 line-clamp-2 text-hero leading-none font-bold low:text-title">{title}</h1>
          <Facts drop={drop} />
        </div>
        <div className="mt-5 flex flex-wrap items-center gap-3 low:mt-2">
          <p className="me-3 font-display text-4xl font-bold tracking-tight max-md:basis-full max-md:text-5xl md:hidden low:md:block">
            <Countdown startsAt={drop.startsAt} />
          </p>
          <DropActions drop={drop} title={title} />
        </div>
      </div>
      <DropDial startsAt={drop.startsAt} />
    </section>
  );
}

function Facts({ drop: { startsAt, products } }: { drop: Drop }) {
  const units = products.reduce((sum, { availableStock }) => sum + availableStock, 0);
  return (
    <p className="mt-4 text-lg text-muted low:mt-1 low:text-base">
      {DROP.opens}{' '}
      <time dateTime={startsAt} title={exactTime(startsAt)} className="font-semibold text-ink">
        {localTime(startsAt)}
      </time>
      {' · '}
      {unitsText(units)}
    </p>
  );
}

/** The time until the opening. Screen readers read it on demand; it is not announced each second. */
function Countdown({ startsAt }: { startsAt: string }) {
  const seconds = useSecondsUntil(Date.parse(startsAt));
  return (
    <span role="timer" aria-live="off" aria-label={`${DROP.opensIn} ${spokenDuration(seconds)}`}>
      <span aria-hidden>{countdown(seconds)}</span>
    </span>
  );
}

/** Sixty ticks: the seconds of the last minute. */
const DIAL_SECONDS = 60;

function DropDial({ startsAt }: { startsAt: string }) {
  const seconds = useSecondsUntil(Date.parse(startsAt));
  return (
    <Dial
      fraction={Math.min(1, seconds / DIAL_SECONDS)}
      className="hidden size-56 drop-shadow-dial md:grid low:md:hidden"
    >
      <p className="text-center">
        <span className="block font-display text-4xl font-bold tracking-tight">
          <Countdown startsAt={startsAt} />
        </span>
        <span className="text-sm text-muted">{DROP.untilOpen}</span>
      </p>
    </Dial>
  );
}

function DropActions({ drop, title }: { drop: Drop; title: string }) {
  return (
    <>
      <Button onClick={() => void addToCalendar(drop, title)}>
        <CalendarPlus aria-hidden className="size-5 text-accent" />
        {DROP.toCalendar}
      </Button>
      {canShare() && (
        <Button look="quiet" onClick={() => void share(drop, title)}>
          <Share2 aria-hidden className="size-5" />
          {SHARE}
        </Button>
      )}
    </>
  );
}

const share = ({ startsAt }: Drop, title: string) =>
  shareAddress(DROP.shared(title, localTime(startsAt)), {
    search: '',
    copied: LINK_COPIED,
    hint: DROP.shareHint,
  });

/** Loaded on demand: few shoppers need it. */
async function addToCalendar({ startsAt, products }: Drop, title: string): Promise<void> {
  const save = await loadPart(
    async () => (await import('@/lib/calendarFile')).saveCalendarFile,
    () => undefined,
  );
  save({ id: products[0].id, title: DROP.calendarTitle(title), startsAt });
}
