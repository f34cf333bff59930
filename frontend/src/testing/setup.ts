import '@testing-library/jest-dom/vitest';

import { cleanup, configure } from '@testing-library/react';
import { afterEach, vi } from 'vitest';

import { announcement } from '@/lib/announcements';
import { holdDialog } from '@/data/holdDialog';
import { queryClient } from '@/data/queryClient';
import { admittedAt, shopper } from '@/api/identity';
import { knownRefusals, NONE_KNOWN } from '@/data/knownRefusals';
import { pendingPayments } from '@/data/pendingPayments';
import { reservations, reservationsReadAt } from '@/data/reservations';
import { waiters } from '@/data/waiters';
import { alertsWanted } from '@/lib/alerts';
import { partMissing } from '@/lib/parts';

// long enough for a busy machine; a test does not wait longer than it has to
configure({ asyncUtilTimeout: 10_000 });

afterEach(() => {
  cleanup();
  vi.useRealTimers();
  vi.unstubAllGlobals();
  queryClient.clear();
  reservations.set([]);
  waiters.set([]);
  alertsWanted.set(false);
  reservationsReadAt.set(0);
  partMissing.set(false);
  holdDialog.set(null);
  pendingPayments.set([]);
  knownRefusals.set(NONE_KNOWN);
  shopper.set(null);
  admittedAt.set(0);
  announcement.set({ text: '', count: 0 });
  localStorage.clear();
  window.history.replaceState(null, '', '/');
});
