import { addressWith, goTo } from '@/lib/searchParams';

let awaited: string | undefined;

/** Focus an element that is visible, or open the view at `to` and focus it there. */
export function moveFocusTo(id: string, to: Record<string, string>): void {
  if (focusOn(id)) return;
  awaited = id;
  goTo(addressWith(to));
}

/** Focus the element that `moveFocusTo` asked for before the view opened. Returns false if there is none. */
export function takePendingFocus(): boolean {
  const id = awaited;
  awaited = undefined;
  return id !== undefined && focusOn(id);
}

/** Focus an element if it is visible. Returns whether it has the focus. */
export function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (!element || element.getClientRects().length === 0) return false;
  element.focus();
  return document.activeElement === element;
}
