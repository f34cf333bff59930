import { queryOptions, useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';

import { listProducts, showProduct } from '@/api/products';
import type { Product } from '@/api/types';
import { tracked } from '@/data/connection';
import { money } from '@/lib/numbers';
import { createStore, useStore } from '@/lib/store';

const PRODUCTS = queryOptions({
  queryKey: ['products'],
  queryFn: ({ signal }) => tracked(signal, () => listProducts(signal)),
  refetchOnWindowFocus: 'always',
  refetchOnReconnect: 'always',
});

export interface Products {
  products: Product[] | undefined;
  failed: boolean;
  retry: () => void;
}

/** The products with their current stock. `useProductHeartbeat` keeps them up to date. */
export function useProducts(): Products {
  const { data, isError, refetch } = useQuery(PRODUCTS);
  return { products: data, failed: isError, retry: () => void refetch() };
}

/** A product that the list does not have, because it is retired. It is requested once. */
export const unlisted = (id: string) =>
  queryOptions({ queryKey: ['product', id], queryFn: ({ signal }) => showProduct(id, signal) });

/** A product by its id, retired or not; undefined while it is not known. */
export function useProduct(id: string): Product | undefined {
  const { data } = useQuery({
    ...PRODUCTS,
    select: (products) => ({ listed: products.find((each) => each.id === id) }),
  });
  const retired = useQuery({ ...unlisted(id), enabled: data !== undefined && !data.listed });
  return data?.listed ?? retired.data;
}

/** Writes amounts in the currency of a product. */
export function useMoney(productId: string): (amount: number) => string {
  const currency = useProduct(productId)?.currency;
  return (amount) => money(amount, currency);
}

/** When the last answer arrived, by the browser's clock in milliseconds; 0 before the first. */
export function useProductsReceivedAt(): number {
  return useQuery(PRODUCTS).dataUpdatedAt;
}

/** When the last request for products ended, successful or not. */
export function useProductsAnsweredAt(): number {
  const { dataUpdatedAt, errorUpdatedAt } = useQuery(PRODUCTS);
  return Math.max(dataUpdatedAt, errorUpdatedAt);
}

const shownIds = createStore('');

/** Tell which products the view shows. Only these decide how often the stock is requested. */
export function useShownProducts(products: Product[]): void {
  const ids = products.map(({ id }) => id).join(' ');
  useEffect(() => {
    shownIds.set(ids);
    return () => {
      shownIds.set('');
    };
  }, [ids]);
}

/** The products that the view shows; undefined before the first answer. */
export function useProductsOnScreen(): Product[] | undefined {
  const ids = useStore(shownIds).split(' ');
  return useProducts().products?.filter(({ id }) => ids.includes(id));
}
