import { answered, client } from '@/api/client';
import type { Shopper } from '@/api/types';

/** Create a guest shopper. Raises `TooManyRequests` if this network address has received too many tokens. */
export async function createShopper(): Promise<Shopper> {
  return (await answered(client.POST('/shoppers'))).body;
}
