import { TriangleAlert } from 'lucide-react';

import type { Product } from '@/api/types';
import { useLapses } from '@/data/lapses';
import type { Obstacle } from '@/data/obstacle';
import type { SaleState } from '@/data/productState';
import type { ShopperUnits } from '@/data/shopperUnits';
import { HoldLink } from '@/features/products/HoldLink';
import { RefusalNotice } from '@/features/products/RefusalNotice';
import { ReleaseHint } from '@/features/products/ReleaseHint';
import { SaleNotice } from '@/features/products/SaleNotice';
import { spokenDuration } from '@/lib/time';
import { NOTES } from '@/texts/card';
import { lapseWarning, type RefusalText } from '@/texts/refusals';
import { YOUR_HOLD_EXPIRED } from '@/texts/sentences';

interface CardNoteProps {
  product: Product;
  obstacle: Obstacle | null;
  refused: RefusalText | undefined;
  own: ShopperUnits;
  /** Whether the shopper is in line, which says when a unit may come. */
  waits: boolean;
}

/** The text under the button: what it does, or why it is not possible now. */
export function CardNote({ product, obstacle, refused, own, waits }: CardNoteProps) {
  const closed = closedSale(obstacle);
  return (
    <>
      {closed && <SaleNotice product={product} sale={closed} />}
      {refused && !closed && <RefusalNotice refused={refused} />}
      {own.hold && !refused && <HeldNote product={product} own={own} hold={own.hold.id} />}
      {!own.hold && obstacle === 'sold-out' && !waits && (
        <ReleaseHint nextReleaseAt={product.nextReleaseAt} />
      )}
      {!own.hold && !refused && <ReserveNote product={product} obstacle={obstacle} own={own} />}
    </>
  );
}

/** The state of a sale in which nothing can be reserved. */
function closedSale(obstacle: Obstacle | null): Exclude<SaleState, 'open'> | undefined {
  if (obstacle === 'opening') return 'upcoming';
  return obstacle === 'upcoming' || obstacle === 'paused' || obstacle === 'over' ? obstacle : undefined;
}

/** What the shopper has, and the way to the hold where it does not stand beside the products. */
function HeldNote({ product, own, hold }: { product: Product; own: ShopperUnits; hold: string }) {
  const lapses = useLapses(product.id);
  return (
    <>
      <p className="text-sm text-muted">
        {NOTES.held(own.held)} <Limit product={product} own={own} />
      </p>
      {lapses > 0 && (
        <p className="flex gap-2.5 rounded-control bg-accent-tint p-3 text-sm">
          <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-accent" />
          <span>{lapseWarning(lapses)}</span>
        </p>
      )}
      <HoldLink hold={hold} className="lg:hidden" />
    </>
  );
}

function ReserveNote({ product, obstacle, own }: Omit<CardNoteProps, 'refused' | 'waits'>) {
  if (obstacle === 'limit')
    return <p className="text-sm text-muted">{NOTES.limitReached(own.held + own.bought + own.waited)}</p>;
  if (obstacle === 'holds')
    return (
      <>
        <p className="text-sm text-muted">{NOTES.tooManyHolds}</p>
        <HoldLink hold={null} />
      </>
    );
  if (obstacle !== null) return null;
  return (
    <p className="text-sm text-muted">
      {own.lapsed && <strong className="font-semibold text-ink">{YOUR_HOLD_EXPIRED} </strong>}
      {NOTES.heldFor(spokenDuration(product.holdSeconds))} <Limit product={product} own={own} />
    </p>
  );
}

/** The limit per shopper and how much of it is used. */
function Limit({ product: { maxPerShopper: most }, own }: { product: Product; own: ShopperUnits }) {
  if (most === null) return null;
  const had = own.held + own.bought;
  return (
    <strong className="font-semibold text-ink">
      {had === 0 ? NOTES.limit(most) : NOTES.limitUsed(had, most)}
    </strong>
  );
}
