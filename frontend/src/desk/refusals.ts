import type { SaleProduct } from '@/desk/types';

/** Requests refused in the last minute, for whatever reason. */
export const refusedRequests = ({ refused }: SaleProduct) =>
  Object.values(refused).reduce((total, requests) => total + requests, 0);
