import type { components } from '@/api/schema';

export type Product = components['schemas']['Product'];
export type Reservation = components['schemas']['Reservation'];
export type ReservationStatus = components['schemas']['ReservationStatus'];
export type Problem = components['schemas']['Problem'];
