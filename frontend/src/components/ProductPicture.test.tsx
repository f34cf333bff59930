import { fireEvent, render } from '@testing-library/react';
import { expect, it } from 'vitest';

import { DRAWINGS } from '@/components/productPictures';
import { ProductPicture, type Pictured } from '@/components/ProductPicture';

const shown = (product: Pictured | undefined) => {
  const { container } = render(<ProductPicture product={product} />);
  const image = container.querySelector('img');
  if (!image) throw new Error('There is no picture.');
  return image;
};

const IMAGE = 'https://images.test/sax.webp';
const TABLET = DRAWINGS.tablet.address;

it.each([
  [{ imageUrl: IMAGE, illustration: 'tablet' }, IMAGE],
  [{ imageUrl: null, illustration: 'tablet' }, TABLET],
  [{ imageUrl: null, illustration: null }, /parcel/],
  [{ imageUrl: null, illustration: 'toString' }, /parcel/],
  [undefined, /parcel/],
])('of %j is %s', (product, address) => {
  expect(shown(product).getAttribute('src')).toMatch(address);
});

it.each([
  ['tablet', TABLET],
  [null, /parcel/],
])('becomes the drawing %s if the image is broken', (illustration, address) => {
  const image = shown({ imageUrl: IMAGE, illustration });
  fireEvent.error(image);
  expect(document.querySelector('img')?.getAttribute('src')).toMatch(address);
});

it('shows another image after a broken one', () => {
  const { rerender, container } = render(
    <ProductPicture product={{ imageUrl: IMAGE, illustration: null }} />,
  );
  fireEvent.error(container.querySelector('img') ?? document.body);
  rerender(<ProductPicture product={{ imageUrl: '/other.webp', illustration: null }} />);
  expect(container.querySelector('img')).toHaveAttribute('src', '/other.webp');
});
