import { pictureOf } from '@/components/productPictures';
import { ProductPicture } from '@/components/ProductPicture';
import { classes } from '@/lib/classes';

/** A product's picture on a lit background. The picture is grey if the product is sold out. */
export function ProductStage({ name, soldOut }: { name: string; soldOut: boolean }) {
  return (
    <div
      className={classes(
        'stage grid place-items-center px-6 pt-6 pb-3 low:pt-4 low:pb-2',
        !soldOut && pictureOf(name).stage,
      )}
    >
      <ProductPicture
        name={name}
        className={classes(
          'h-34 w-auto transition duration-500 ease-out-soft sm:h-44 low:sm:h-28',
          soldOut ? 'opacity-45 grayscale' : 'group-hover:-translate-y-1.5 group-hover:scale-[1.03]',
        )}
      />
    </div>
  );
}
