export const PRODUCT_PAGE = {
  heading: 'Product',
  back: 'All products',
  shareHint: 'Whoever opens it sees this product.',
  unknown: 'This product is not on sale here.',
  unknownTitle: 'Product not found',
};
