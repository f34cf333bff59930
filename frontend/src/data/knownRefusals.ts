import { Refusal } from '@/api/errors';
import { createSavedStore } from '@/lib/savedStore';
import { serverNow } from '@/lib/serverClock';

/** An operator may change the limit on holds. The page asks again after this time. */
const HOLD_LIMIT_KNOWN_MS = 3_600_000;

/** A time in which the shopper cannot reserve a product. `until` is milliseconds of the server's clock. */
export interface Cooldown {
  productId: string;
  lapses: number;
  until: number;
}

/** What refusals have told about later reserve requests. */
export interface KnownRefusals {
  cooldowns: Cooldown[];
  /** The highest number of holds at a time, of all products, and how long the page relies on it. */
  holdLimit: { most: number; until: number } | null;
}

export const NONE_KNOWN: KnownRefusals = { cooldowns: [], holdLimit: null };

/** Saved, so that a reload does not offer again what the API would refuse. */
export const knownRefusals = createSavedStore<KnownRefusals>('ember.refusals', NONE_KNOWN, parse);

function parse(saved: unknown): KnownRefusals | null {
  const { cooldowns, holdLimit } = (saved ?? {}) as Partial<KnownRefusals>;
  return Array.isArray(cooldowns) ? { cooldowns, holdLimit: holdLimit ?? null } : null;
}

/** Remember what the refusal of a reserve request tells about later requests. */
export function learnFrom(error: Error, productId: string): void {
  if (!(error instanceof Refusal)) return;
  const { lapses, until, limit } = error.problem;
  const known = knownRefusals.reload();
  if (error.reason === 'cooling-down') {
    const cooldown = { productId, lapses: Number(lapses), until: Date.parse(String(until)) };
    knownRefusals.set({ ...known, cooldowns: [...running(known.cooldowns, productId), cooldown] });
  }
  if (error.reason === 'too-many-holds')
    knownRefusals.set({
      ...known,
      holdLimit: { most: Number(limit), until: serverNow() + HOLD_LIMIT_KNOWN_MS },
    });
}

/** The running cooldowns of the other products. */
const running = (all: Cooldown[], productId: string) =>
  all.filter((each) => each.productId !== productId && each.until > serverNow());

/** The running cooldown of a product at `now` (server's clock). */
export const cooldownOf = ({ cooldowns }: KnownRefusals, productId: string, now: number) =>
  cooldowns.find((each) => each.productId === productId && each.until > now);

/** The highest number of holds at a time; null if it is not known. */
export const mostHolds = ({ holdLimit }: KnownRefusals, now: number) =>
  holdLimit !== null && holdLimit.until > now ? holdLimit.most : null;
