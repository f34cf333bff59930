import { listWaiters } from '@/api/waiters';
import type { Waiter } from '@/api/types';
import { refresh } from '@/data/queryClient';
import { waiters } from '@/data/waiters';

/** Follow the entry that a request has returned. It takes the place of an older entry for its product. */
export function follow(entry: Waiter): void {
  save([entry, ...waiters.reload().filter(({ productId }) => productId !== entry.productId)]);
}

/** Stop following an entry: the shopper has left the line or has read what became of the place. */
export function forget(id: string): void {
  save(waiters.reload().filter((each) => each.id !== id));
}

/** Read the entries of the shopper. */
export async function readWaiters(signal: AbortSignal): Promise<number> {
  const before = waiters.get();
  const listed = await listWaiters(signal);
  const gone = before.filter(({ id }) => listed.every((each) => each.id !== id));
  mergeWaiters(listed, gone);
  return listed.length;
}

/**
 * Update the followed entries, follow those that wait, and forget the `gone` ones. WAITING never follows another status:
 * such a reply is out of date. Entries that ended before the page followed them stay out.
 */
export function mergeWaiters(listed: Waiter[], gone: readonly Waiter[] = []): void {
  const known = waiters.reload();
  const statusOf = (id: string) => known.find((each) => each.id === id)?.status;
  const followed = listed.filter(({ id, status }) => (statusOf(id) ?? status) === 'WAITING');
  const listedIds = new Set([...followed, ...gone].map(({ id }) => id));
  const newestFirst = [...followed, ...known.filter(({ id }) => !listedIds.has(id))]
    .filter(({ status }) => status !== 'LEFT')
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  const places = new Set<string>();
  save(newestFirst.filter(({ productId }) => !places.has(productId) && places.add(productId)));
  if (followed.some(({ status }) => status === 'OFFERED')) void refresh('reservations');
}

function save(next: Waiter[]): void {
  if (JSON.stringify(next) !== JSON.stringify(waiters.get())) waiters.set(next);
}
