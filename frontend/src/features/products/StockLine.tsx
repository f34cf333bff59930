import type { Product } from '@/api/types';
import { StockBar } from '@/components/StockBar';
import { isLow } from '@/features/products/stock';
import { classes } from '@/lib/classes';
import { grouped, money } from '@/lib/numbers';

interface StockLineProps {
  product: Product;
  /** Units of running reserve requests. They are subtracted from the stock shown. */
  requested: number;
}

/** The price and the stock, as a number and as a bar. */
export function StockLine({ product, requested }: StockLineProps) {
  const left = Math.max(0, product.availableStock - requested);
  const low = isLow(product);
  return (
    <div>
      <div className="mb-2.5 flex items-baseline justify-between gap-2">
        <p className="font-display text-2xl font-bold tracking-tight">{money(product.price)}</p>
        <p className="text-right text-sm text-muted">
          <strong
            key={left}
            className={classes(
              'inline-block animate-tick text-base font-bold',
              low ? 'text-low-stock' : 'text-ink',
            )}
          >
            {grouped(left)}
          </strong>{' '}
          of {grouped(product.totalStock)} left
          {low && <span className="block font-semibold text-low-stock">Almost gone</span>}
        </p>
      </div>
      <StockBar left={left} total={product.totalStock} low={low} />
    </div>
  );
}
