import { render, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { expect, it, vi } from 'vitest';

import Toasts from '@/components/Toasts';
import { showToast, toast } from '@/lib/toasts';

it('offers its action once and then goes away', async () => {
  const run = vi.fn();
  showToast('Held for you', 'Pay within 2 minutes.', { label: 'Pay', run });
  render(<Toasts />);
  screen.getByRole('button', { name: 'Pay' }).focus();
  await userEvent.keyboard('{Enter}');
  expect(run).toHaveBeenCalledOnce();
  await waitFor(() => {
    expect(toast.get()).toBeNull();
  });
});

it('has no action button without an action', () => {
  showToast('Hold cancelled', '');
  render(<Toasts />);
  expect(screen.getAllByRole('button').map((button) => button.ariaLabel)).toEqual(['Dismiss']);
});
