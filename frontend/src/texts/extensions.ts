import type { Reservation } from '@/api/types';
import { countdown, spokenDuration } from '@/lib/time';

type Extendable = Pick<Reservation, 'extendableAt' | 'expiresAt' | 'extensionsLeft'>;

/** The button's text: by how many seconds it extends the hold, and how many times it still can. */
export function extendText(seconds: number, extensionsLeft: number): string {
  return `Extend by ${countdown(seconds)} · ${String(extensionsLeft)} left`;
}

/** When a hold can be extended, or why it cannot be. Null: it has no extension left, for no reason to explain. */
export function extensionNote(hold: Extendable, othersWait: boolean): string | null {
  const { extendableAt, expiresAt, extensionsLeft } = hold;
  if (extensionsLeft === 0) return othersWait ? OTHERS_WAIT : null;
  if (extendableAt === null) return null;
  const seconds = Math.round((Date.parse(expiresAt) - Date.parse(extendableAt)) / 1000);
  return `You can extend it in its last ${spokenDuration(seconds)} · ${String(extensionsLeft)} left`;
}

const OTHERS_WAIT = 'Others wait for this product, so you cannot extend this hold.';
