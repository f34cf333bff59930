import { drawingOf } from '@/components/productPictures';
import { ProductPicture, type Pictured } from '@/components/ProductPicture';
import { classes } from '@/lib/classes';

interface ProductStageProps {
  product: Pictured | undefined;
  soldOut: boolean;
  lazy?: boolean;
}

/** A product's picture on a lit background. The picture is grey if the product is sold out. */
export function ProductStage({ product, soldOut, lazy }: ProductStageProps) {
  return (
    <div
      className={classes(
        'stage grid place-items-center px-6 pt-6 pb-3 low:pt-4 low:pb-2',
        !soldOut && drawingOf(product?.illustration).stage,
      )}
    >
      <ProductPicture
        product={product}
        lazy={lazy}
        className={classes(
          'h-34 w-auto transition duration-500 ease-out-soft sm:h-44 low:sm:h-28',
          soldOut ? 'opacity-45 grayscale' : 'group-hover:-translate-y-1.5 group-hover:scale-[1.03]',
        )}
      />
    </div>
  );
}
