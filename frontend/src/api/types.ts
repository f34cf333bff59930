import type { components } from '@/api/schema';
import type { Waiter as WaiterSchema } from '@/api/waiterSchema';

type Schemas = components['schemas'];

export type Product = Schemas['Product'] & { waiting: number };
export type Shopper = Schemas['Guest'];
export type Reservation = Schemas['Reservation'];
export type ReservationDetails = Schemas['ReservationDetails'];
export type TimelineEntry = Schemas['TimelineEntry'];
export type ReservationStatus = Schemas['ReservationStatus'];
export type Waiter = WaiterSchema;
export type Problem = Schemas['Problem'];
