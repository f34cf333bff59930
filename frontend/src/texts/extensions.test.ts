import { expect, it } from 'vitest';

import { reservation } from '@/testing/samples';
import { extendText, extensionNote } from '@/texts/extensions';

it('says how many extensions are left', () => {
  expect(extendText(120, 9)).toBe('Extend by 2:00 · 9 left');
});

it.each([
  [{ extensionsLeft: 9 }, false, 'You can extend it in its last 30 seconds · 9 left'],
  [{ extensionsLeft: 1 }, true, 'You can extend it in its last 30 seconds · 1 left'],
  [{ extensionsLeft: 0 }, true, 'Others wait for this product, so you cannot extend this hold.'],
  [{ extensionsLeft: 0 }, false, null],
])('explains a hold with %o if others wait: %s', (changes, othersWait, note) => {
  expect(extensionNote(reservation(changes), othersWait)).toBe(note);
});
