import type { Product } from '@/api/types';
import { StockBar } from '@/components/StockBar';
import { saleState, type SaleState } from '@/data/productState';
import type { ShopperUnits } from '@/data/shopperUnits';
import { isLow } from '@/features/products/stock';
import { classes } from '@/lib/classes';
import { grouped, money } from '@/lib/numbers';
import { useServerTime } from '@/lib/ticker';
import { STOCK } from '@/texts/card';
import { unitsText } from '@/texts/controls';

interface StockLineProps {
  product: Product;
  own: ShopperUnits;
}

/**
 * The price and the stock, as a number and as a bar. Units of running reserve requests are subtracted. Nothing is left of
 * a sale that has ended.
 */
export function StockLine({ product, own: { requested, held } }: StockLineProps) {
  const sale = useServerTime((now) => saleState(product, now));
  const left = sale === 'over' ? 0 : Math.max(0, product.availableStock - requested);
  const low = sale === 'open' && isLow(product);
  return (
    <div>
      <div className="mb-2.5 flex flex-wrap items-baseline justify-between gap-x-2">
        <p className="font-display text-2xl font-bold tracking-tight">
          {money(product.price, product.currency)}
        </p>
        <p className="grow text-end text-sm text-muted">
          <Units product={product} sale={sale} left={left} low={low} held={held} />
        </p>
      </div>
      <StockBar left={left} total={product.totalStock} low={low} own={requested + held} />
    </div>
  );
}

interface UnitsProps {
  product: Product;
  sale: SaleState;
  left: number;
  low: boolean;
  held: number;
}

function Units({ product, sale, left, low, held }: UnitsProps) {
  if (sale === 'over') return STOCK.notOnSale;
  if (sale === 'upcoming') return unitsText(left);
  const look = classes('inline-block animate-tick text-base font-bold', low ? 'text-low-stock' : 'text-ink');
  return (
    <>
      <strong key={left} className={look}>
        {grouped(left)}
      </strong>{' '}
      {STOCK.ofTotal(product.totalStock)}
      {low && <span className="block font-semibold text-low-stock">{STOCK.low}</span>}
      {left === 0 && held > 0 && <span className="block font-semibold text-accent">{STOCK.own(held)}</span>}
    </>
  );
}
