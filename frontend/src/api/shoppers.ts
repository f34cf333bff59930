import { answered, client } from '@/api/client';
import type { Shopper } from '@/api/types';

/** Become a new shopper. Raises `TooManyRequests` where the address has been given enough tokens for now. */
export async function createShopper(): Promise<Shopper> {
  return (await answered(client.POST('/shoppers'))).body;
}
