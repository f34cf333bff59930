import type { components } from '@/api/schema';

type Schemas = components['schemas'];

export type Product = Schemas['Product'];
export type Shopper = Schemas['Guest'];
export type Reservation = Schemas['Reservation'];
export type ReservationDetails = Schemas['ReservationDetails'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type ReservationStatus = Schemas['ReservationStatus'];
export type Waiter = Schemas['Waiter'];
export type Problem = Schemas['Problem'];
