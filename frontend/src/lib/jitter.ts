/**
 * A random value between `ms` minus `below` and `ms` plus `above`, both given as parts of `ms`. Without it, browsers that
 * saw the same event would send their requests at the same time.
 */
export function spread(ms: number, below: number, above: number): number {
  return ms * (1 - below + (below + above) * Math.random());
}
