import earbuds from '@/assets/illustrations/earbuds.svg';
import headphones from '@/assets/illustrations/headphones.svg';
import laptop from '@/assets/illustrations/laptop.svg';
import parcel from '@/assets/illustrations/parcel.svg';
import phoneStylus from '@/assets/illustrations/phone-stylus.svg';
import phoneTriple from '@/assets/illustrations/phone-triple.svg';
import tablet from '@/assets/illustrations/tablet.svg';

/** An illustration and the colour of its background. */
export interface Picture {
  address: string;
  stage: string;
}

/** Illustrations by product name. The first pattern that matches is used. */
const PICTURES: [RegExp, Picture][] = [
  [/airpods|earbuds|buds/i, { address: earbuds, stage: 'stage-pearl' }],
  [/headphone|wh-\d/i, { address: headphones, stage: 'stage-copper' }],
  [/macbook|laptop|notebook/i, { address: laptop, stage: 'stage-sky' }],
  [/ipad|tablet/i, { address: tablet, stage: 'stage-leaf' }],
  [/galaxy|pixel|android/i, { address: phoneStylus, stage: 'stage-violet' }],
  [/iphone|phone/i, { address: phoneTriple, stage: 'stage-dusk' }],
];

const UNKNOWN: Picture = { address: parcel, stage: 'stage-clay' };

export const pictureOf = (name: string): Picture =>
  PICTURES.find(([hint]) => hint.test(name))?.[1] ?? UNKNOWN;
