const FALLBACK = 'en-US';

/**
 * The locale of all numbers, amounts and times: the shopper's first English one, because the texts are English. The build
 * has no languages and uses the fallback.
 */
export const LOCALE =
  (globalThis.navigator as Partial<Navigator> | undefined)?.languages?.find((each) => /^en\b/.test(each)) ??
  FALLBACK;
