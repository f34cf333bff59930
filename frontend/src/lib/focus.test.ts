import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { moveFocusTo, takePendingFocus } from '@/lib/focus';

let visible: string[] = [];

beforeEach(() => {
  // jsdom has no layout: an element is visible if a test says so
  vi.spyOn(HTMLElement.prototype, 'getClientRects').mockImplementation(function (this: HTMLElement) {
    return (visible.includes(this.id) ? [{}] : []) as unknown as DOMRectList;
  });
  document.body.innerHTML = '<ul><li id="hold-1" tabindex="-1"></li></ul>';
});

afterEach(() => {
  vi.restoreAllMocks();
  visible = [];
  document.body.innerHTML = '';
});

it('focuses a visible element without changing the view', () => {
  visible = ['hold-1'];
  moveFocusTo('hold-1', { view: 'holds' });
  expect(document.activeElement?.id).toBe('hold-1');
  expect(window.location.search).toBe('');
});

it('opens the view of an element that is not visible and focuses it once', () => {
  moveFocusTo('hold-1', { view: 'holds' });
  expect(window.location.search).toBe('?view=holds');
  visible = ['hold-1'];
  expect(takePendingFocus()).toBe(true);
  expect(document.activeElement?.id).toBe('hold-1');
  expect(takePendingFocus()).toBe(false);
});

it('focuses nothing if the element is gone', () => {
  moveFocusTo('hold-2', { view: 'holds' });
  expect(takePendingFocus()).toBe(false);
});
