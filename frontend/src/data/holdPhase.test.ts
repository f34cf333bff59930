import { expect, it } from 'vitest';

import { phaseAt } from '@/data/holdPhase';
import { reservation } from '@/testing/samples';

const hold = reservation({
  extendableAt: '2026-11-27T12:01:30.000Z',
  expiresAt: '2026-11-27T12:02:00.000Z',
});

it.each([
  ['12:01:29.999', 'calm'],
  ['12:01:30.000', 'urgent'],
  ['12:01:59.999', 'urgent'],
  ['12:02:00.000', 'lapsed'],
])('at %s a hold that can be extended from 12:01:30 until 12:02 is %s', (time, phase) => {
  expect(phaseAt(hold, Date.parse(`2026-11-27T${time}Z`))).toBe(phase);
});
