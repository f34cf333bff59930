import { useState } from 'react';

import { drawingOf } from '@/components/productPictures';
import { classes } from '@/lib/classes';

/** What decides a picture. */
export interface Pictured {
  imageUrl: string | null;
  illustration: string | null;
}

interface ProductPictureProps {
  /** Undefined while it is not known. */
  product: Pictured | undefined;
  /** Empty where the product's name stands beside the picture. */
  alt?: string | undefined;
  /** Loaded only when it is nearly in the window. */
  lazy?: boolean | undefined;
  className?: string;
}

/** The product's image, or its drawing if it has no image or the image can't be loaded. */
export function ProductPicture({ product, alt = '', lazy, className }: ProductPictureProps) {
  const [broken, setBroken] = useState<string>();
  const image = product?.imageUrl;
  const shown = image && image !== broken ? image : drawingOf(product?.illustration).address;
  return (
    <img
      key={shown}
      src={shown}
      alt={alt}
      width={320}
      height={240}
      loading={lazy ? 'lazy' : undefined}
      onError={() => {
        setBroken(shown);
      }}
      className={classes('aspect-4/3 rounded-2xl object-contain', className)}
    />
  );
}
