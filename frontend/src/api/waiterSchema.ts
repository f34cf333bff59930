/** The part of the API's schema that the waiting list adds, until schema.d.ts has it. */

export interface Waiter {
  id: string;
  productId: string;
  productName: string;
  quantity: number;
  status: 'WAITING' | 'OFFERED' | 'LEFT' | 'PASSED_OVER';
  reason: 'limit-exceeded' | 'too-many-holds' | 'cooling-down' | 'sale-ended' | null;
  position: number | null;
  createdAt: string;
  endedAt: string | null;
  reservationId: string | null;
  earliestOfferAt: string | null;
}

interface Answer<Status extends number, Body> {
  responses: Record<Status, { headers: Record<string, unknown>; content: { 'application/json': Body } }>;
}

export interface WaiterPaths {
  '/products/{product_id}/waiters': {
    post: Answer<201, Waiter> & {
      parameters: { path: { product_id: string } };
      requestBody: { content: { 'application/json': { quantity: number } } };
    };
  };
  '/waiters': { get: Answer<200, Waiter[]> };
  '/waiters/{waiter_id}/leave': {
    post: Answer<200, Waiter> & { parameters: { path: { waiter_id: string } } };
  };
}
