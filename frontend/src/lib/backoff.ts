const LONGEST_MS = 30_000;

/** How long to wait before the next try after `failures` in a row: doubling from 1 s to 30 s, with the upper half random. */
export function backoff(failures: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST_MS, 1000 * 2 ** (failures - 1));
  return full / 2 + (full / 2) * random();
}
