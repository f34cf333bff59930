import { QueryClientProvider } from '@tanstack/react-query';
import { render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import { Desk } from '@/desk/Desk';
import { deskQueries } from '@/desk/queries';
import { session, signIn } from '@/desk/session';
import { stubApi } from '@/testing/api';
import { saleProduct } from '@/testing/deskSamples';
import { HEBREW, unisolated } from '@/testing/names';

const SALE = { at: '2026-11-27T12:00:00.000Z', windowSeconds: 60, databaseConnections: null };
const DRIFTING = { name: HEBREW, balanced: false, journalAgrees: true };
const CHANGE = {
  ...{ id: 1, madeAt: SALE.at, madeBy: HEBREW, productId: 'p', productName: HEBREW },
  ...{ action: 'change', details: { description: HEBREW } },
};
const REFUND = {
  ...{ amount: 5, currency: 'USD', paymentReference: 'card-1', reservationId: 'r' },
  ...{ recordedAt: SALE.at, settledAt: SALE.at, settledBy: HEBREW },
};
const FOUND = {
  ...{
    id: 'r',
    productId: 'p',
    productName: HEBREW,
    shopperId: 's',
    quantity: 1,
    totalPrice: 5,
    currency: 'USD',
  },
  ...{
    status: 'ACTIVE',
    createdAt: SALE.at,
    expiresAt: '2126-01-01T00:00:00.000Z',
    endedAt: null,
    endedBy: null,
  },
};
const LISTS: Record<string, unknown[]> = {
  '/admin/audit': [DRIFTING],
  '/admin/changes': [CHANGE],
  '/admin/refunds': [REFUND],
  '/admin/reservations': [FOUND],
};

beforeEach(() => {
  vi.stubGlobal('scrollTo', vi.fn());
  signIn('token');
  stubApi((_method, path) => {
    if (path === '/admin/sale') return { body: { ...SALE, products: [saleProduct({ name: HEBREW })] } };
    return { body: LISTS[path.replace(/\?.*/, '')] };
  });
});

afterEach(() => {
  session.set({ token: null, rejected: false });
});

it.each([
  ['the sale', '/', /^Pause the sale of/, 'button'],
  ['the holds', '/?view=holds&product=p', /^Release/, 'button'],
  ['the refunds', '/?view=refunds&status=settled', 'card-1', 'heading'],
  ['the changes', '/?view=changes', HEBREW, 'heading'],
] as const)(
  'keeps names from right to left apart from the sentences of %s',
  async (_view, address, name, role) => {
    window.history.replaceState(null, '', address);
    render(
      <QueryClientProvider client={deskQueries}>
        <Desk />
      </QueryClientProvider>,
    );
    expect(await screen.findByRole(role, { name })).toBeInTheDocument();
    expect(await screen.findAllByText(/^Out of balance/)).not.toEqual([]);
    expect(unisolated()).toEqual([]);
  },
);
