import { expect, it } from 'vitest';

const PHYSICAL =
  /(?<![\w-])-?(?:(?:m|p|scroll-m|scroll-p)[lr]|left|right|border-[lr]|rounded-(?:[lr]|[tb][lr]))-[\w[]+|text-(?:left|right)\b|(?:margin|padding|border)-(?:left|right)|\b(?:left|right):\s*-?\d/g;

const sources: Record<string, string> = import.meta.glob('/src/**/*.{tsx,css}', {
  query: '?raw',
  import: 'default',
  eager: true,
});

it('finds the names of sides', () => {
  expect('class="-ml-2 sm:text-right left-4 rounded-tl-xl"'.match(PHYSICAL)).toHaveLength(4);
});

it('names no side of the page but its start and end, so that right-to-left languages mirror it', () => {
  const files = Object.entries(sources).filter(([path]) => !path.includes('.test.'));
  expect(files.length).toBeGreaterThan(50);
  expect(files.flatMap(([path, text]) => (text.match(PHYSICAL) ?? []).map((found) => [path, found]))).toEqual(
    [],
  );
});
