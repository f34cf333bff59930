import type { Product } from '@/api/types';
import { ProductStage } from '@/components/ProductStage';
import { phaseAt } from '@/data/holdPhase';
import { saleState } from '@/data/productState';
import type { ShopperUnits } from '@/data/shopperUnits';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';
import { classes } from '@/lib/classes';
import { grouped } from '@/lib/numbers';
import { useServerTime } from '@/lib/ticker';

interface ProductCardProps {
  product: Product;
  own: ShopperUnits;
  /** The number of holds and places in line that the shopper has, of all products. */
  holds: number;
}

export function ProductCard({ product, own, holds }: ProductCardProps) {
  const { hold, held } = own;
  const over = useServerTime((now) => saleState(product, now) === 'over');
  const urgent = useServerTime((now) => hold !== undefined && phaseAt(hold, now) === 'urgent');
  // a unit that the shopper holds is not lost
  const soldOut = held === 0 && (over || product.availableStock === 0);
  return (
    <li
      className={classes(
        'panel group relative flex flex-col overflow-hidden transition-colors duration-300 hover:border-edge',
        hold && (urgent ? 'animate-alarm border-urgent/70' : 'border-accent/60'),
      )}
    >
      <ProductStage name={product.name} soldOut={soldOut} />
      <Ribbon held={held} over={over} soldOut={soldOut} />
      <div className="flex grow flex-col gap-4 p-5 pt-3">
        <h3 className="text-lg leading-snug font-semibold">{product.name}</h3>
        <StockLine product={product} own={own} />
        <ReserveForm product={product} own={own} holds={holds} />
      </div>
    </li>
  );
}

function Ribbon({ held, over, soldOut }: { held: number; over: boolean; soldOut: boolean }) {
  if (held === 0 && !soldOut) return null;
  return (
    <p className="absolute top-4 left-4 rounded-full border border-line bg-veil px-3 py-1 text-sm font-semibold backdrop-blur-sm">
      {held > 0 ? `You hold ${grouped(held)}` : over ? 'Sale ended' : 'Sold out'}
    </p>
  );
}
