import '@testing-library/jest-dom/vitest';

import { cleanup } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

import { announcement } from '@/lib/announcer';
import { queryClient } from '@/data/queryClient';
import { remembered } from '@/data/remembered';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  queryClient.clear();
  remembered.set([]);
  announcement.set({ text: '', count: 0 });
  localStorage.clear();
  window.history.replaceState(null, '', '/');
});
