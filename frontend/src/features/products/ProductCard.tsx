import type { Product } from '@/api/types';
import { ProductStage } from '@/components/ProductStage';
import type { ShopperUnits } from '@/features/products/shopperUnits';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';

interface ProductCardProps {
  product: Product;
  own: ShopperUnits;
  /** The number of holds the shopper has, of all products. */
  holds: number;
}

export function ProductCard({ product, own, holds }: ProductCardProps) {
  // a unit that the shopper holds is not lost
  const soldOut = product.availableStock === 0 && own.held === 0;
  return (
    <li className="panel group relative flex flex-col overflow-hidden transition-colors duration-300 hover:border-edge">
      <ProductStage name={product.name} soldOut={soldOut} />
      <Ribbon held={own.held} soldOut={soldOut} />
      <div className="flex grow flex-col gap-4 p-5 pt-3">
        <h3 className="text-lg leading-snug font-semibold">{product.name}</h3>
        <StockLine product={product} requested={own.requested} />
        <ReserveForm product={product} own={own} holds={holds} />
      </div>
    </li>
  );
}

function Ribbon({ held, soldOut }: { held: number; soldOut: boolean }) {
  if (held === 0 && !soldOut) return null;
  return (
    <p className="absolute top-4 left-4 rounded-full border border-line bg-veil px-3 py-1 text-sm font-semibold backdrop-blur-sm">
      {held > 0 ? `You hold ${held}` : 'Sold out'}
    </p>
  );
}
