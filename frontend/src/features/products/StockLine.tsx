import type { Product } from '@/api/types';
import { UnitBar } from '@/components/UnitBar';
import { isLow } from '@/features/products/stock';
import { classes } from '@/lib/classes';

interface StockLineProps {
  product: Product;
  /** Units pressed for and not yet answered: shown as gone already. */
  pressed: number;
}

/** Stock as a number and as a bar. */
export function StockLine({ product, pressed }: StockLineProps) {
  const left = Math.max(0, product.availableStock - pressed);
  const low = isLow(product);
  return (
    <div>
      <p className="mb-2 flex items-baseline justify-between gap-2 text-sm text-muted">
        <span>
          <strong
            key={left}
            className={classes(
              'inline-block animate-tick text-base font-bold',
              low ? 'text-rose' : 'text-ink',
            )}
          >
            {left}
          </strong>{' '}
          of {product.totalStock} left
        </span>
        {low && <span className="font-semibold text-rose">Almost gone</span>}
      </p>
      <UnitBar left={left} total={product.totalStock} low={low} />
    </div>
  );
}
