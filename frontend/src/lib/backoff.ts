const LONGEST_MS = 30_000;

/**
 * The delay before the next attempt after `failures` in a row: it doubles from 1 s to 30 s, and its upper half is
 * random.
 */
export function backoff(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, 1000 * 2 ** (failures - 1));
  return full / 2 + (full / 2) * random();
}
