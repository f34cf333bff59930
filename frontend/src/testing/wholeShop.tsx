import type { QueryClient } from '@tanstack/react-query';
import { act } from '@testing-library/react';
import { createRoot, type Root } from 'react-dom/client';
import { vi } from 'vitest';

const closers: (() => void)[] = [];

/** Open the whole shop in a tab: modules of its own, storage shared with the other tabs. Needs fake timers. */
export async function openTab(): Promise<void> {
  vi.resetModules();
  const { App } = await import('@/app/App');
  const { queryClient } = await import('@/data/queryClient');
  const { QueryClientProvider } = await import('@tanstack/react-query');
  await import('@/features/products/waiting/parts'); // which the shop loads later, without a timer that tests can move
  const page = document.body.appendChild(document.createElement('div'));
  const root = createRoot(page);
  act(() => {
    root.render(
      <QueryClientProvider client={queryClient}>
        <App />
      </QueryClientProvider>,
    );
  });
  closers.push(() => {
    close(root, page, queryClient);
  });
  await pass(50);
}

function close(root: Root, page: Element, queryClient: QueryClient): void {
  act(() => {
    root.unmount();
  });
  queryClient.clear();
  page.remove();
}

export function closeTabs(): void {
  for (const closeTab of closers.splice(0)) closeTab();
}

/** Let time pass in steps, so that React renders in between as it does in a browser. */
export async function pass(ms: number): Promise<void> {
  const step = 100;
  for (let passed = 0; passed < ms; passed += step)
    await act(() => vi.advanceTimersByTimeAsync(Math.min(step, ms - passed)));
}

export const hide = (hidden: boolean) => vi.spyOn(document, 'hidden', 'get').mockReturnValue(hidden);

/** The paths of the requests. */
export const pathsOf = (calls: Request[]) => calls.map(({ url }) => new URL(url).pathname);
