import { describe, expect, it } from 'vitest';

import { fromLocalInput, toLocalInput } from '@/desk/localInput';
import { closing, edited, settingsOf } from '@/desk/productSettings';
import { saleProduct } from '@/testing/deskSamples';
import { NOON } from '@/testing/samples';

const instant = (seconds: number) => new Date(NOON + 1000 * seconds).toISOString();

describe('edited settings', () => {
  const before = settingsOf(saleProduct({ maxPerShopper: 2, holdSeconds: 120, saleStartsAt: instant(0.5) }));

  it('are none if nothing was edited, although an input shows no milliseconds', () => {
    expect(edited(before, { ...before })).toBeUndefined();
  });

  it('have only what was edited', () => {
    expect(edited(before, { ...before, holdSeconds: '90' })).toEqual({ holdSeconds: 90 });
  });

  it('clear a member whose input is empty', () => {
    const emptied = {
      ...{ saleStartsAt: '', saleEndsAt: '', maxPerShopper: '', holdSeconds: '' },
      ...{ description: '', imageUrl: '', illustration: '' },
    };
    expect(edited(before, emptied)).toEqual({
      ...{ saleStartsAt: null, maxPerShopper: null, holdSeconds: null },
      ...{ description: null, illustration: null },
    });
  });

  it('have instants with the time zone of the browser', () => {
    const change = edited(before, { ...before, saleEndsAt: toLocalInput(instant(60)) });
    expect(change).toEqual({ saleEndsAt: instant(60) });
  });
});

it('shows an instant in the browser’s time zone and reads it back', () => {
  expect(fromLocalInput(toLocalInput(instant(7)))).toBe(instant(7));
  expect(toLocalInput(instant(7))).toMatch(/^\d{4}-\d\d-\d\dT\d\d:00:07$/);
  expect(toLocalInput(null)).toBe('');
  expect(fromLocalInput('')).toBeNull();
});

describe('a new window', () => {
  it.each([
    [{ saleEndsAt: instant(0) }, /ends the sale at once/],
    [{ saleStartsAt: instant(1) }, /until it starts/],
  ])('that closes the sale is warned of', (change, warning) => {
    expect(closing(change, NOON)).toMatch(warning);
  });

  it.each([
    { saleEndsAt: instant(1) },
    { saleStartsAt: instant(0) },
    { saleEndsAt: null },
    { holdSeconds: 9 },
  ])('that leaves it open is not: %j', (change) => {
    expect(closing(change, NOON)).toBeNull();
  });
});
