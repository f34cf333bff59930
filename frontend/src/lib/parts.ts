import { lazy, type ComponentType, type ReactNode } from 'react';

import { createStore } from '@/lib/store';

/** Whether a part of the page could not be loaded: there is no network, or a new version has replaced its files. */
export const partMissing = createStore(false);

/** Load a part of the page. If that fails, the page offers to reload itself, and `instead` takes the part's place. */
export async function loadPart<T>(load: () => Promise<T>, instead: T): Promise<T> {
  try {
    return await load();
  } catch {
    partMissing.set(true);
    return instead;
  }
}

/** A component that is loaded when it is first shown. */
export const lazyPart = <Props extends object>(
  load: () => Promise<{ default: ComponentType<Props> }>,
  instead: () => ReactNode = () => null,
) => lazy(() => loadPart(load, { default: instead }));
