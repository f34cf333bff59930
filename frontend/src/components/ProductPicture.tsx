import { pictureOf } from '@/components/productPictures';
import { classes } from '@/lib/classes';

/** Decorative, hence the empty alt text: the product's name always stands beside it. */
export function ProductPicture({ name, className }: { name: string; className?: string }) {
  return (
    <img
      src={pictureOf(name).address}
      alt=""
      width={320}
      height={240}
      className={classes('object-contain', className)}
    />
  );
}
