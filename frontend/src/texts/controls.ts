import type { ReservationStatus } from '@/api/types';

/** The texts of components that several views use. */
export const SKIP_TO_CONTENT = 'Skip to content';
export const VIEWS = 'Views';
export const NEWS = 'News';
export const DISMISS = 'Dismiss';
export const ONE_LESS = 'One less';
export const ONE_MORE = 'One more';

export const STATUS_NAMES: Record<ReservationStatus, string> = {
  ACTIVE: 'Held',
  COMPLETED: 'Bought',
  CANCELLED: 'Cancelled',
  EXPIRED: 'Expired',
};
