import { answered, client } from '@/api/client';
import type { Product } from '@/api/types';

/** List all products with their current stock. The browser's cache revalidates the reply with its ETag. */
export async function listProducts(signal: AbortSignal): Promise<Product[]> {
  return (await answered(client.GET('/products', { signal }))).body;
}

/** Show one product, also one that is retired and so not listed. */
export async function showProduct(id: string, signal: AbortSignal): Promise<Product> {
  const params = { path: { product_id: id } };
  return (await answered(client.GET('/products/{product_id}', { params, signal }))).body;
}
