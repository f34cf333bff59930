import { QueryClientProvider } from '@tanstack/react-query';
import { act, render, screen } from '@testing-library/react';
import { beforeEach, expect, it, vi } from 'vitest';

import { holdDialog, openPayment } from '@/data/holdDialog';
import { queryClient } from '@/data/queryClient';
import { HoldDialogs } from '@/features/holds/HoldDialogs';
import { goTo } from '@/lib/searchParams';
import { reservation } from '@/testing/samples';

beforeEach(() => {
  // jsdom has no modal dialogs
  HTMLDialogElement.prototype.showModal = vi.fn(function (this: HTMLDialogElement) {
    this.open = true;
  });
  HTMLDialogElement.prototype.close = vi.fn();
});

it('closes the dialog when the shopper opens another view', async () => {
  render(
    <QueryClientProvider client={queryClient}>
      <HoldDialogs />
    </QueryClientProvider>,
  );
  act(() => {
    openPayment(reservation());
  });
  expect(await screen.findByRole('dialog')).toBeInTheDocument();
  act(() => {
    goTo('/?view=history');
  });
  expect(screen.queryByRole('dialog')).not.toBeInTheDocument();
  expect(holdDialog.get()).toBeNull();
});
