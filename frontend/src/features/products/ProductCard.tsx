import type { Product } from '@/api/types';
import { ProductPicture } from '@/components/ProductPicture';
import { ReserveForm } from '@/features/products/ReserveForm';
import { StockLine } from '@/features/products/StockLine';
import { classes } from '@/lib/classes';
import { money } from '@/lib/money';

interface ProductCardProps {
  product: Product;
  pressed: number;
  held: number;
}

export function ProductCard({ product, pressed, held }: ProductCardProps) {
  const soldOut = product.availableStock === 0;
  return (
    <li className="panel group relative flex flex-col overflow-hidden transition-colors duration-300 hover:border-edge">
      <div className="stage relative grid place-items-center overflow-hidden px-6 pt-6 pb-3">
        <ProductPicture
          name={product.name}
          className={classes(
            'h-40 w-auto transition duration-500 ease-out-soft sm:h-44',
            soldOut ? 'opacity-45 grayscale' : 'group-hover:-translate-y-1.5 group-hover:scale-[1.03]',
          )}
        />
        <Ribbon held={held} soldOut={soldOut} />
      </div>
      <div className="flex grow flex-col gap-4 p-5 pt-3">
        <div className="flex items-start justify-between gap-3">
          <h3 className="text-lg leading-snug font-semibold">{product.name}</h3>
          <p className="font-display text-xl font-semibold tracking-tight">{money(product.price)}</p>
        </div>
        <StockLine product={product} pressed={pressed} />
        <ReserveForm product={product} />
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
