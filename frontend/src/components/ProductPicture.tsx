import { pictureOf } from '@/components/pictures';
import { classes } from '@/lib/classes';

/** Decoration: the product's name always stands beside it. */
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
