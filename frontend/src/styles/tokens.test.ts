import { expect, it } from 'vitest';

const TOKENS = '/src/styles/tokens.css';
const COLOUR = /#(?:[0-9a-f]{8}|[0-9a-f]{6}|[0-9a-f]{3,4})\b|\b(?:rgba?|hsla?|oklch|oklab|lab|lch)\(/gi;

const sources: Record<string, string> = import.meta.glob('/src/**/*.{ts,tsx,css}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('finds colours at all', () => {
  expect(sources[TOKENS]?.match(COLOUR)).toContain('#ff6a3d');
});

it('defines colours in the tokens only', () => {
  const others = Object.entries(sources).filter(([path]) => path !== TOKENS && !path.includes('.test.'));
  expect(others.length).toBeGreaterThan(50);
  expect(
    others.flatMap(([path, text]) => (text.match(COLOUR) ?? []).map((colour) => [path, colour])),
  ).toEqual([]);
});
