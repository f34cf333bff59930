import type { Product } from '@/api/types';
import type { Own } from '@/features/products/own';
import type { Refused } from '@/features/products/refusal';
import { RefusalNotice } from '@/features/products/RefusalNotice';
import { ReleaseHint } from '@/features/products/ReleaseHint';
import { SaleNotice } from '@/features/products/SaleNotice';
import type { SaleState } from '@/features/products/stock';
import { spokenDuration } from '@/lib/time';

interface CardNoteProps {
  product: Product;
  sale: SaleState;
  refused: Refused | undefined;
  own: Own;
}

/** The line under the button: what a press would do, or why it cannot be done and when it can. */
export function CardNote({ product, sale, refused, own }: CardNoteProps) {
  if (sale !== 'open') return <SaleNotice product={product} sale={sale} />;
  const soldOut = product.availableStock === 0;
  return (
    <>
      {refused && <RefusalNotice refused={refused} />}
      {soldOut && <ReleaseHint nextReleaseAt={product.nextReleaseAt} />}
      {!soldOut && !refused && (
        <p className="text-sm text-muted">
          Held for {spokenDuration(product.holdSeconds)}, nothing charged.
          <Limit most={product.maxPerShopper} had={own.held + own.bought} />
        </p>
      )}
    </>
  );
}

/** How many units one shopper may have, and how many of them this one has. */
function Limit({ most, had }: { most: number | null; had: number }) {
  if (most === null) return null;
  return (
    <>
      {' '}
      <strong className="font-semibold text-ink">
        {had === 0 ? `${most} per shopper.` : `You have ${had} of ${most} per shopper.`}
      </strong>
    </>
  );
}
