import { act, renderHook } from '@testing-library/react';
import { expect, it } from 'vitest';

import { addressWith, goTo, useSearchParam } from '@/lib/searchParams';

const useShow = () => useSearchParam('show', ['all', 'low']);

it('reads a parameter and uses the default for an invalid value', () => {
  window.history.replaceState(null, '', '/?show=nonsense');
  expect(renderHook(useShow).result.current).toBe('all');
});

it('follows changes of the address', () => {
  const { result } = renderHook(useShow);
  act(() => {
    goTo(addressWith({ show: 'low' }));
  });
  expect(result.current).toBe('low');
});

it('keeps other parameters and removes empty ones', () => {
  window.history.replaceState(null, '', '/?view=history&show=low');
  expect(addressWith({ show: '' })).toBe('/?view=history');
});
