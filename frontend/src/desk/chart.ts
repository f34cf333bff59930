import { CHART_MS, type Sample } from '@/desk/rates';

/** What a line shows. */
export type Figure = 'reserved' | 'completed' | 'refused';

/** The chart's own coordinates: it is stretched to the size of its place. */
export const WIDTH = 600;
export const HEIGHT = 100;

/** A longer silence is a gap in the line: the page was hidden, or the API did not answer. */
const GAP_MS = 15_000;

/** The highest value that a chart of some figures shows: that of its samples, or a few, so that one is no peak. */
export function ceiling(samples: readonly Sample[], figures: readonly Figure[]): number {
  return Math.max(5, ...samples.flatMap((sample) => figures.map((figure) => sample[figure])));
}

/** The runs of samples without a gap. */
export function runs(samples: readonly Sample[]): Sample[][] {
  const found: Sample[][] = [];
  for (const sample of samples) {
    const run = found.at(-1);
    const last = run?.at(-1);
    if (run && last && sample.at - last.at <= GAP_MS) run.push(sample);
    else found.push([sample]);
  }
  return found;
}

export interface Curve {
  line: string;
  area: string;
}

/** The path of one figure over the last minutes, which end at the last sample, and the area below it. */
export function curve(samples: readonly Sample[], figure: Figure, top: number): Curve {
  const end = samples.at(-1)?.at ?? 0;
  const x = (at: number) => round(WIDTH * (1 - (end - at) / CHART_MS));
  const y = (units: number) => round(HEIGHT * (1 - units / top));
  const parts = runs(samples).map((run) => {
    const points = run.map((sample) => `${x(sample.at)} ${y(sample[figure])}`);
    const [first, last] = [run[0], run.at(-1)].map((sample) => x(sample?.at ?? end));
    const line = `M${points.join('L')}${points.length === 1 ? 'h0' : ''}`;
    return { line, area: `M${first ?? 0} ${HEIGHT}L${points.join('L')}L${last ?? 0} ${HEIGHT}Z` };
  });
  return { line: parts.map(({ line }) => line).join(''), area: parts.map(({ area }) => area).join('') };
}

const round = (value: number) => Math.round(10 * value) / 10;
