import type { Product } from '@/api/types';
import type { ShopperUnits } from '@/features/products/shopperUnits';
import type { RefusalText } from '@/texts/refusals';
import { RefusalNotice } from '@/features/products/RefusalNotice';
import { ReleaseHint } from '@/features/products/ReleaseHint';
import { SaleNotice } from '@/features/products/SaleNotice';
import type { SaleState } from '@/data/productState';
import { spokenDuration } from '@/lib/time';

interface CardNoteProps {
  product: Product;
  sale: SaleState;
  refused: RefusalText | undefined;
  own: ShopperUnits;
}

/** The text under the button: what it does, or why it is not possible now. */
export function CardNote({ product, sale, refused, own }: CardNoteProps) {
  if (sale !== 'open') return <SaleNotice product={product} sale={sale} />;
  const had = own.held + own.bought;
  const soldOut = product.availableStock === 0 && !own.hold;
  return (
    <>
      {refused && <RefusalNotice refused={refused} />}
      {soldOut && <ReleaseHint nextReleaseAt={product.nextReleaseAt} />}
      {!soldOut && !refused && (
        <p className="text-sm text-muted">
          {own.hold
            ? 'The unit is yours until the time ends.'
            : `Held for ${spokenDuration(product.holdSeconds)} at no charge.`}
          <Limit most={product.maxPerShopper} had={had} />
        </p>
      )}
    </>
  );
}

/** The limit per shopper and how much of it is used. */
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
