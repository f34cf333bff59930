import type { Product } from '@/api/types';
import { AppLink } from '@/components/AppLink';
import { ProductStage } from '@/components/ProductStage';
import { phaseAt } from '@/data/holdPhase';
import { saleState } from '@/data/productState';
import type { ShopperUnits } from '@/data/shopperUnits';
import { linkTo, toProduct } from '@/features/products/productLink';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';
import { classes } from '@/lib/classes';
import { useServerTime } from '@/lib/ticker';
import { CARD, OBSTACLES } from '@/texts/card';

interface ProductCardProps {
  product: Product;
  own: ShopperUnits;
  /** The number of holds and places in line that the shopper has, of all products. */
  holds: number;
  /** Its picture may be loaded later. */
  lazy: boolean;
}

export function ProductCard({ product, own, holds, lazy }: ProductCardProps) {
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
      <ProductStage product={product} soldOut={soldOut} lazy={lazy} />
      <Ribbon held={held} over={over} soldOut={soldOut} />
      <div className="flex grow flex-col gap-4 p-5 pt-3">
        <h3 className="text-lg leading-snug font-semibold">
          {/* the link covers the picture too */}
          <AppLink
            id={linkTo(product.id)}
            to={toProduct(product.id)}
            className="inline-block min-h-6 after:absolute after:inset-x-0 after:top-0 after:h-40 hover:underline low:after:h-28"
          >
            <bdi>{product.name}</bdi>
          </AppLink>
        </h3>
        <StockLine product={product} own={own} />
        <ReserveForm product={product} own={own} holds={holds} />
      </div>
    </li>
  );
}

function Ribbon({ held, over, soldOut }: { held: number; over: boolean; soldOut: boolean }) {
  if (held === 0 && !soldOut) return null;
  return (
    <p className="absolute start-4 top-4 rounded-full border border-line bg-veil px-3 py-1 text-sm font-semibold backdrop-blur-sm">
      {held > 0 ? CARD.holding(held) : OBSTACLES[over ? 'over' : 'sold-out']}
    </p>
  );
}
