import { queryOptions, useQuery } from '@tanstack/react-query';

import { listProducts } from '@/api/products';
import type { Product } from '@/api/types';
import { watched } from '@/data/connection';

const PRODUCTS = queryOptions({
  queryKey: ['products'],
  queryFn: ({ signal }) => watched(signal, () => listProducts(signal)),
});

export interface Products {
  products: Product[] | undefined;
  failed: boolean;
  retry: () => void;
}

/** The products with live stock, polled. */
export function useProducts(): Products {
  const { data, isError, refetch } = useQuery(PRODUCTS);
  return { products: data, failed: isError, retry: () => void refetch() };
}

/** When the products shown were received, by the browser's clock in milliseconds; 0 before the first time. */
export function useProductsReceivedAt(): number {
  return useQuery(PRODUCTS).dataUpdatedAt;
}
