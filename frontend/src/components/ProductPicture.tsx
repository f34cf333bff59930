import earbuds from '@/assets/illustrations/earbuds.svg';
import headphones from '@/assets/illustrations/headphones.svg';
import laptop from '@/assets/illustrations/laptop.svg';
import parcel from '@/assets/illustrations/parcel.svg';
import phoneStylus from '@/assets/illustrations/phone-stylus.svg';
import phoneTriple from '@/assets/illustrations/phone-triple.svg';
import tablet from '@/assets/illustrations/tablet.svg';
import { classes } from '@/lib/classes';

/** What a name says about the thing; the first that fits counts. */
const PICTURES: [RegExp, string][] = [
  [/airpods|earbuds|buds/i, earbuds],
  [/headphone|wh-\d/i, headphones],
  [/macbook|laptop|notebook/i, laptop],
  [/ipad|tablet/i, tablet],
  [/galaxy|pixel|android/i, phoneStylus],
  [/iphone|phone/i, phoneTriple],
];

export const pictureOf = (name: string) => PICTURES.find(([hint]) => hint.test(name))?.[1] ?? parcel;

/** Decoration: the product's name always stands beside it. */
export function ProductPicture({ name, className }: { name: string; className?: string }) {
  return (
    <img
      src={pictureOf(name)}
      alt=""
      width={320}
      height={240}
      className={classes('object-contain drop-shadow-[0_18px_18px_#00000066]', className)}
    />
  );
}
