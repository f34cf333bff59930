import { DRAWINGS, type Drawing } from '@/components/productPictures';
import { fromLocalInput, toLocalInput } from '@/desk/localInput';
import type { ProductChange, SaleProduct } from '@/desk/types';
import { SETTINGS } from '@/desk/texts/product';

type Illustration = NonNullable<ProductChange['illustration']>;

/** Every drawing that the API takes, by its name. */
export const DRAWN: Record<Illustration, Drawing> = DRAWINGS;

/** The settings of a product as the inputs have them. */
export interface Settings {
  saleStartsAt: string;
  saleEndsAt: string;
  maxPerShopper: string;
  holdSeconds: string;
  description: string;
  imageUrl: string;
  illustration: string;
}

export const settingsOf = (product: SaleProduct): Settings => ({
  saleStartsAt: toLocalInput(product.saleStartsAt),
  saleEndsAt: toLocalInput(product.saleEndsAt),
  maxPerShopper: product.maxPerShopper?.toString() ?? '',
  holdSeconds: product.holdSeconds.toString(),
  description: product.description ?? '',
  imageUrl: product.imageUrl ?? '',
  illustration: product.illustration ?? '',
});

const MEMBERS: { [name in keyof Settings]: (text: string) => ProductChange } = {
  saleStartsAt: (text) => ({ saleStartsAt: fromLocalInput(text) }),
  saleEndsAt: (text) => ({ saleEndsAt: fromLocalInput(text) }),
  maxPerShopper: (text) => ({ maxPerShopper: text === '' ? null : Number(text) }),
  holdSeconds: (text) => ({ holdSeconds: text === '' ? null : Number(text) }),
  description: (text) => ({ description: text || null }),
  imageUrl: (text) => ({ imageUrl: text || null }),
  illustration: (text) => ({ illustration: (text || null) as Illustration | null }),
};

/**
 * The members that the operator has edited; undefined if there are none. Others are not sent: another operator may have
 * changed them, and an input shows no milliseconds.
 */
export function edited(before: Settings, after: Settings): ProductChange | undefined {
  const names = Object.keys(MEMBERS) as (keyof Settings)[];
  const changed = names.filter((name) => before[name] !== after[name]);
  if (changed.length === 0) return undefined;
  return changed.reduce<ProductChange>((change, name) => ({ ...change, ...MEMBERS[name](after[name]) }), {});
}

/** What shoppers notice at once when an open sale gets a new window; null if it stays open. */
export function closing({ saleStartsAt, saleEndsAt }: ProductChange, now: number): string | null {
  if (saleEndsAt && Date.parse(saleEndsAt) <= now) return SETTINGS.endsNow;
  if (saleStartsAt && Date.parse(saleStartsAt) > now) return SETTINGS.closesNow;
  return null;
}
