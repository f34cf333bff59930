import { addressWith, goTo } from '@/lib/searchParams';

let awaited: string | undefined;

/** Put the focus on an element: here if it is in sight, else in the view at `to`, once that is open. */
export function jumpTo(id: string, to: Record<string, string>): void {
  if (focusOn(id)) return;
  awaited = id;
  goTo(addressWith(to));
}

/** To be called when a view has opened: whether the focus is now where somebody jumped to. */
export function landed(): boolean {
  const id = awaited;
  awaited = undefined;
  return id !== undefined && focusOn(id);
}

function focusOn(id: string): boolean {
  const element = document.getElementById(id);
  if (!element || element.getClientRects().length === 0) return false;
  element.focus();
  return document.activeElement === element;
}
