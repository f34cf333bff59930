import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { jumpTo, landed } from '@/lib/jump';

let drawn: string[] = [];

beforeEach(() => {
  // nothing is laid out in tests: an element is in sight where a test says so
  vi.spyOn(HTMLElement.prototype, 'getClientRects').mockImplementation(function (this: HTMLElement) {
    return (drawn.includes(this.id) ? [{}] : []) as unknown as DOMRectList;
  });
  document.body.innerHTML = '<ul><li id="hold-1" tabindex="-1"></li></ul>';
});

afterEach(() => {
  vi.restoreAllMocks();
  drawn = [];
  document.body.innerHTML = '';
});

it('puts the focus on what is in sight and stays in the view', () => {
  drawn = ['hold-1'];
  jumpTo('hold-1', { view: 'holds' });
  expect(document.activeElement?.id).toBe('hold-1');
  expect(window.location.search).toBe('');
});

it('opens the view of what is not in sight, and lands there once', () => {
  jumpTo('hold-1', { view: 'holds' });
  expect(window.location.search).toBe('?view=holds');
  drawn = ['hold-1'];
  expect(landed()).toBe(true);
  expect(document.activeElement?.id).toBe('hold-1');
  expect(landed()).toBe(false);
});

it('lands nowhere when what was sought is gone', () => {
  jumpTo('hold-2', { view: 'holds' });
  expect(landed()).toBe(false);
});
