import { listReservations } from '@/api/reservations';
import type { Reservation } from '@/api/types';
import { createSavedStore } from '@/lib/savedStore';

/**
 * The shopper's reservations as the server last described them, newest first. They are saved, so that the page shows them
 * at once after a reload and while the API is down.
 */
export const reservations = createSavedStore<Reservation[]>('ember.reservations', [], parse);

function parse(saved: unknown): Reservation[] | null {
  if (!Array.isArray(saved)) return null;
  return saved.filter((each: Partial<Reservation> | null) => each?.id && each.expiresAt) as Reservation[];
}

/** When the server last described any of them, by the browser's clock in milliseconds; 0 if it never did. */
export const reservationsReadAt = createSavedStore('ember.reservations.at', 0, (saved) =>
  typeof saved === 'number' ? saved : null,
);

/** Add or replace the `seen` reservations and remove the `gone` ones. */
export function mergeReservations(seen: Reservation[], gone: readonly Reservation[] = []): void {
  const known = reservations.reload();
  const merged = new Map(known.map((each) => [each.id, each]));
  for (const each of gone) merged.delete(each.id);
  for (const each of seen) merged.set(each.id, newer(merged.get(each.id), each));
  const newestFirst = [...merged.values()].sort((a, b) => b.createdAt.localeCompare(a.createdAt));
  if (JSON.stringify(newestFirst) !== JSON.stringify(known)) reservations.set(newestFirst);
  reservationsReadAt.set(Date.now());
}

/**
 * The later state of a reservation. ACTIVE never follows a final status, and `expiresAt` never moves back: such a
 * reply is out of date.
 */
function newer(known: Reservation | undefined, seen: Reservation): Reservation {
  if (!known || seen.status !== 'ACTIVE') return seen;
  return known.status !== 'ACTIVE' || known.expiresAt > seen.expiresAt ? known : seen;
}

/** Read the shopper's reservations, newest first, page by page until `enough` returns true. */
export async function readReservations(
  limit: number,
  signal: AbortSignal,
  enough: (seen: Reservation[]) => boolean,
): Promise<number> {
  const before = reservations.get();
  const seen: Reservation[] = [];
  let after: string | undefined;
  do {
    const page = await listReservations(after === undefined ? { limit } : { limit, after }, signal);
    seen.push(...page.reservations);
    after = page.next;
  } while (after !== undefined && !enough(seen));
  mergeReservations(seen, unlisted(before, seen, after === undefined));
  return seen.length;
}

/** Known reservations that the pages read should contain and do not: the server does not have them. */
function unlisted(before: Reservation[], seen: Reservation[], wholeList: boolean): Reservation[] {
  const listed = new Set(seen.map((each) => each.id));
  const oldest = wholeList ? '' : (seen.at(-1)?.createdAt ?? '');
  return before.filter((each) => !listed.has(each.id) && each.createdAt > oldest);
}
