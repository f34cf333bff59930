import { expect, it } from 'vitest';

import { loadPart, partMissing } from '@/lib/parts';

it('takes what is there instead of a part that cannot be loaded, and tells the page', async () => {
  expect(await loadPart(() => Promise.resolve('part'), 'instead')).toBe('part');
  expect(partMissing.get()).toBe(false);
  expect(await loadPart(() => Promise.reject(new TypeError('Failed to fetch')), 'instead')).toBe('instead');
  expect(partMissing.get()).toBe(true);
});
