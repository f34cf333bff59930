import type { components, operations } from '@/api/schema';

type Schemas = components['schemas'];

export type Sale = Schemas['Sale'];
export type SaleProduct = Schemas['SaleProduct'];
export type ProductChange = Schemas['ProductChange'];
export type Audit = Schemas['Audit'];
export type Change = Schemas['Change'];
export type Refund = Schemas['Refund'];
export type FoundReservation = Schemas['ListedReservation'];
export type HoldsQuery = NonNullable<operations['getAdminReservations']['parameters']['query']>;
