import { act, fireEvent, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, expect, it, vi } from 'vitest';

import { announcement } from '@/lib/announcements';
import { toast } from '@/lib/toasts';
import { stubApi } from '@/testing/api';
import { inSeconds, openProducts } from '@/testing/productsView';
import { NOON, product } from '@/testing/samples';

afterEach(() => {
  Reflect.deleteProperty(navigator, 'share');
  Reflect.deleteProperty(navigator, 'clipboard');
  vi.restoreAllMocks();
});

async function openDrop(seconds: number): Promise<void> {
  const upcoming = product({ saleStartsAt: inSeconds(seconds), totalStock: 1200, availableStock: 1200 });
  stubApi(() => ({ body: [upcoming] }));
  openProducts();
  await screen.findByRole('region', { name: 'Next drop' });
}

it('leads the page with the countdown to the next sale', async () => {
  await openDrop(65);
  const drop = screen.getByRole('region', { name: 'Next drop' });
  expect(screen.getByRole('heading', { level: 1 })).toHaveTextContent('iPhone 15 Pro Max');
  expect(drop).toHaveTextContent(/1:0\d/);
  expect(drop).toHaveTextContent('1,200 units');
  expect(await screen.findByText(/Opens in/)).toHaveTextContent(/1:0\d/);
  const button = screen.getByRole('button', { name: 'Not open yet iPhone 15 Pro Max' });
  expect(button).toHaveAttribute('aria-disabled', 'true');
});

it('arms the button within half a second of the opening and announces it', async () => {
  vi.useFakeTimers({ now: NOON });
  const upcoming = product({ saleStartsAt: inSeconds(2) });
  stubApi(() => ({ body: [upcoming] }));
  openProducts();
  await act(() => vi.advanceTimersByTimeAsync(1900));
  const button = screen.getByRole('button', { name: /iPhone 15 Pro Max$/ });
  expect(button).toHaveAccessibleName('Not open yet iPhone 15 Pro Max');
  await act(() => vi.advanceTimersByTimeAsync(700));
  expect(button).toHaveAccessibleName('Reserve iPhone 15 Pro Max');
  expect(button).toHaveAttribute('aria-disabled', 'false');
  expect(screen.queryByRole('region', { name: 'Next drop' })).not.toBeInTheDocument();
  expect(announcement.get().text).toBe('iPhone 15 Pro Max: the sale is open.');
});

it('saves the opening as a calendar file', async () => {
  await openDrop(65);
  const saved: Blob[] = [];
  URL.createObjectURL = (blob: Blob) => {
    saved.push(blob);
    return 'blob:saved';
  };
  URL.revokeObjectURL = () => undefined;
  const clicked = vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
  await userEvent.click(screen.getByRole('button', { name: 'Add to calendar' }));
  await vi.waitFor(() => {
    expect(clicked).toHaveBeenCalledOnce();
  });
  expect(await textOf(saved[0])).toContain('SUMMARY:iPhone 15 Pro Max at Ember');
});

function textOf(file: Blob | undefined): Promise<unknown> {
  return new Promise((resolve) => {
    const reader = new FileReader();
    reader.onload = () => {
      resolve(reader.result);
    };
    if (file) reader.readAsText(file);
  });
}

it('shares the opening by the dialog of the system', async () => {
  const share = vi.fn(() => Promise.resolve());
  Object.assign(navigator, { share });
  await openDrop(65);
  await userEvent.click(screen.getByRole('button', { name: 'Share' }));
  expect(share).toHaveBeenCalledWith(
    expect.objectContaining({ text: expect.stringMatching(/^iPhone 15 Pro Max: opens /) as string }),
  );
});

it('copies the address where the system has no such dialog', async () => {
  const writeText = vi.fn(() => Promise.resolve());
  Object.assign(navigator, { clipboard: { writeText } });
  await openDrop(65);
  fireEvent.click(screen.getByRole('button', { name: 'Share' }));
  await waitFor(() => {
    expect(toast.get()?.title).toBe('Link copied');
  });
  expect(writeText).toHaveBeenCalledWith(`${window.location.origin}/`);
});
