import { refusedRequests } from '@/desk/refusals';
import type { Sale } from '@/desk/types';
import { createStore } from '@/lib/store';

/** How far the charts reach back. */
export const CHART_MS = 10 * 60_000;

/** What happened in the minute before an instant: units reserved and paid for, and requests refused. */
export interface Sample {
  at: number;
  reserved: number;
  completed: number;
  refused: number;
}

/** What this page has seen of each product, by its id, oldest first. It begins when the page is opened. */
export const rates = createStore<Readonly<Record<string, readonly Sample[]>>>({});

export function remember({ at, products }: Sale): void {
  const known = rates.get();
  const entries = products.map((product) => {
    const { reserved, completed } = product.lastMinute;
    const sample = { at: Date.parse(at), reserved, completed, refused: refusedRequests(product) };
    return [product.id, withSample(known[product.id] ?? [], sample)];
  });
  rates.set(Object.fromEntries(entries) as Record<string, Sample[]>);
}

/** Add a sample and drop those that the chart no longer shows. A reply that was overtaken is not added. */
export function withSample(known: readonly Sample[], next: Sample): Sample[] {
  const last = known.at(-1);
  if (last && last.at >= next.at) return [...known];
  return [...known.filter(({ at }) => at > next.at - CHART_MS), next];
}
