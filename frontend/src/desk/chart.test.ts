import { expect, it } from 'vitest';

import { ceiling, curve, HEIGHT, runs, WIDTH } from '@/desk/chart';
import { CHART_MS } from '@/desk/rates';
import { NOON } from '@/testing/samples';

const sample = (secondsAgo: number, reserved: number, completed = 0, refused = 0) => ({
  at: NOON - 1000 * secondsAgo,
  reserved,
  completed,
  refused,
});

it('ends at the right edge and has the highest value at the top', () => {
  const half = CHART_MS / 2000;
  const samples = [sample(half + 2, 0), sample(half, 0), sample(half - 2, 10)];
  const { line } = curve([...samples.slice(0, 2), sample(0, 10)], 'reserved', 10);
  expect(line).toContain(`M${WIDTH} 0`);
  expect(line).toContain(`L${WIDTH / 2} ${HEIGHT}`);
});

it('leaves a gap where the page saw nothing', () => {
  const samples = [sample(60, 1), sample(58, 2), sample(4, 3), sample(2, 4)];
  expect(runs(samples).map((run) => run.length)).toEqual([2, 2]);
  expect(curve(samples, 'reserved', 10).line.match(/M/g)).toHaveLength(2);
});

it('shows a single sample as a point', () => {
  expect(curve([sample(0, 5)], 'reserved', 10).line).toBe(`M${WIDTH} ${HEIGHT / 2}h0`);
});

it('draws nothing before the first sample', () => {
  expect(curve([], 'reserved', 10)).toEqual({ line: '', area: '' });
});

it.each([
  ['a few units, so that one unit is no peak', [sample(0, 1)], 5],
  ['the highest of its figures', [sample(2, 40, 0, 500), sample(0, 8, 90)], 90],
])('reaches to %s', (_what, samples, top) => {
  expect(ceiling(samples, ['reserved', 'completed'])).toBe(top);
});
