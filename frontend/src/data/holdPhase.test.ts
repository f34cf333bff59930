import { expect, it } from 'vitest';

import { phaseAt, warningMs } from '@/data/holdPhase';
import { NOON, reservation } from '@/testing/samples';

const holdOf = (seconds: number) => reservation({ expiresAt: new Date(NOON + 1000 * seconds).toISOString() });

it.each([
  [600, 30],
  [120, 30],
  [40, 10],
  [8, 2],
])('warns before a hold of %d s lapses: in its last %d s', (length, warning) => {
  const hold = holdOf(length);
  expect(warningMs(hold)).toBe(1000 * warning);
  const lapse = NOON + 1000 * length;
  expect(phaseAt(hold, lapse - 1000 * warning - 1)).toBe('calm');
  expect(phaseAt(hold, lapse - 1000 * warning)).toBe('urgent');
  expect(phaseAt(hold, lapse)).toBe('lapsed');
});
