import { drawingOf } from '@/components/productPictures';
import { ProductPicture, type Pictured } from '@/components/ProductPicture';
import { classes } from '@/lib/classes';

interface ProductStageProps {
  product: Pictured | undefined;
  soldOut: boolean;
  lazy?: boolean;
  /** The text of a large picture. */
  large?: string;
}

/** A product's picture; a drawing has a lit background. The picture is grey if the product is sold out. */
export function ProductStage({ product, soldOut, lazy, large }: ProductStageProps) {
  return (
    <div
      className={classes(
        'grid place-items-center px-6',
        large ? 'py-6' : 'pt-6 pb-3 low:pt-4 low:pb-2',
        product?.imageUrl ? 'bg-ground' : 'stage',
        !soldOut && drawingOf(product?.illustration).stage,
      )}
    >
      <ProductPicture
        product={product}
        alt={large}
        lazy={lazy}
        className={classes(
          large ? 'max-h-96 w-full' : 'h-34 w-auto sm:h-44 low:sm:h-28',
          'transition duration-500 ease-out-soft',
          soldOut ? 'opacity-45 grayscale' : 'group-hover:-translate-y-1.5 group-hover:scale-[1.03]',
        )}
      />
    </div>
  );
}
