import type { Reservation } from '@/api/types';
import { createSavedStore } from '@/lib/savedStore';

const KEPT = 200;

/**
 * The reservations made by this browser, newest first, as the server last described them. They survive a refresh and
 * a closed tab, and all tabs share them. The server stays the truth: every reply about one overwrites it here.
 */
export const remembered = createSavedStore<Reservation[]>('ember.reservations', [], parse);

function parse(saved: unknown): Reservation[] | null {
  if (!Array.isArray(saved)) return null;
  return saved.filter((each: Partial<Reservation> | null) => each?.id && each.expiresAt) as Reservation[];
}

export function remember(seen: Reservation[]): void {
  const merged = new Map(remembered.get().map((each) => [each.id, each]));
  const news = seen.filter((each) => JSON.stringify(merged.get(each.id)) !== JSON.stringify(each));
  if (news.length === 0) return;
  for (const each of news) merged.set(each.id, each);
  const newestFirst = [...merged.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  remembered.set(newestFirst.slice(0, KEPT));
}

export function forget(ids: ReadonlySet<string>): void {
  if (ids.size > 0) remembered.set(remembered.get().filter((each) => !ids.has(each.id)));
}
