import { answered, client } from '@/api/client';
import type { Product } from '@/api/types';

/** List all products with their current stock. The browser's cache revalidates the reply with its ETag. */
export async function listProducts(signal: AbortSignal): Promise<Product[]> {
  return (await answered(client.GET('/products', { signal }))).body;
}
