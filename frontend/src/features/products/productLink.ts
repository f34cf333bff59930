/** Query parameters that open the page of a product. */
export const toProduct = (id: string) => ({ product: id });

/** The id of the link to a product's page, to which the focus returns from there. */
export const linkTo = (id: string) => `product-${id}`;
