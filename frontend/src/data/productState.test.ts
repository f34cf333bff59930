import { afterEach, expect, it, vi } from 'vitest';

import { NOON, product } from '@/testing/samples';

const opened = product({ saleStartsAt: new Date(NOON).toISOString() });

afterEach(() => {
  vi.restoreAllMocks();
});

/** When a page arms its button, in milliseconds after the opening. */
async function armedAfter(random: number): Promise<number> {
  vi.spyOn(Math, 'random').mockReturnValue(random);
  vi.resetModules();
  const { isOpening } = await import('@/data/productState');
  let passed = 0;
  while (isOpening(opened, NOON + passed)) passed += 1;
  return passed;
}

it('arms the buttons of different pages at different instants of the first half second', async () => {
  expect(await armedAfter(0)).toBe(0);
  expect(await armedAfter(0.5)).toBe(250);
  expect(await armedAfter(0.999)).toBe(500);
});

it('does not delay a sale that has been open for a while, or that has no start', async () => {
  const { isOpening } = await import('@/data/productState');
  expect(isOpening(opened, NOON + 500)).toBe(false);
  expect(isOpening(product(), NOON)).toBe(false);
});
