import type { Waiter } from '@/api/types';
import { createSavedStore } from '@/lib/savedStore';
import { useStore } from '@/lib/store';

/**
 * The shopper's entries in waiting lists that the page follows, as the server last described them: one a product, newest
 * first. Saved, so that only a browser that has joined a list asks for them.
 */
export const waiters = createSavedStore<Waiter[]>('ember.waiters', [], parse);

function parse(saved: unknown): Waiter[] | null {
  if (!Array.isArray(saved)) return null;
  return saved.filter((each: Partial<Waiter> | null) => each?.id && each.productId) as Waiter[];
}

/** Whether the entry is in line. */
export const isWaiting = ({ status }: Waiter) => status === 'WAITING';

/** The shopper's entry in the waiting list of a product. */
export const useWaiter = (productId: string) =>
  useStore(waiters).find((each) => each.productId === productId);
