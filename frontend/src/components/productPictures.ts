import earbuds from '@/assets/illustrations/earbuds.svg';
import headphones from '@/assets/illustrations/headphones.svg';
import laptop from '@/assets/illustrations/laptop.svg';
import parcel from '@/assets/illustrations/parcel.svg';
import phoneStylus from '@/assets/illustrations/phone-stylus.svg';
import phoneTriple from '@/assets/illustrations/phone-triple.svg';
import tablet from '@/assets/illustrations/tablet.svg';

/** A drawn picture and the colour of its background. */
export interface Drawing {
  address: string;
  stage: string;
}

/** The drawn pictures by the names that the API takes. */
export const DRAWINGS = {
  earbuds: { address: earbuds, stage: 'stage-pearl' },
  headphones: { address: headphones, stage: 'stage-copper' },
  laptop: { address: laptop, stage: 'stage-sky' },
  tablet: { address: tablet, stage: 'stage-leaf' },
  'phone-stylus': { address: phoneStylus, stage: 'stage-violet' },
  'phone-triple': { address: phoneTriple, stage: 'stage-dusk' },
} satisfies Record<string, Drawing>;

const PARCEL: Drawing = { address: parcel, stage: 'stage-clay' };

/** The drawing of this name, or a parcel. */
export const drawingOf = (illustration: string | null | undefined): Drawing =>
  Object.entries(DRAWINGS).find(([name]) => name === illustration)?.[1] ?? PARCEL;
