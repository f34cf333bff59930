import { answered, client } from '@/api/client';
import type { Product } from '@/api/types';

/** All products with their live stock. The browser's cache revalidates with the reply's ETag by itself. */
export async function listProducts(signal: AbortSignal): Promise<Product[]> {
  return (await answered(client.GET('/products', { signal }))).body;
}
