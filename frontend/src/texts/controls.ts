import type { ReservationStatus } from '@/api/types';
import { grouped } from '@/lib/numbers';

/** The texts that several views use, those of the desk among them. */
export const SHOP_NAME = 'Ember';
export const SKIP_TO_CONTENT = 'Skip to content';
export const VIEWS = 'Views';
export const NEWS = 'News';
export const DISMISS = 'Dismiss';
export const ONE_LESS = 'One less';
export const ONE_MORE = 'One more';
export const LIVE = 'Live';
export const RECONNECTING = 'Reconnecting';
export const SHOW = 'Show';
export const ALL = 'All';
export const TRY_AGAIN = 'Try again';
export const NOT_YET = 'Not yet';
export const RESERVATIONS = 'Reservations';

/** `1 unit`, `1,200 units`. */
export const unitsText = (count: number) => `${grouped(count)} ${count === 1 ? 'unit' : 'units'}`;

export const STATUS_NAMES: Record<ReservationStatus, string> = {
  ACTIVE: 'Held',
  COMPLETED: 'Bought',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Expired',
};
