/** How often the shop asks for places in line. No shared cache can answer these requests. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Product, Waiter } from '@/api/types';
import { stubApi } from '@/testing/api';
import { NOON, product, shopper, waiter } from '@/testing/samples';
import { closeTabs, hide, openTab, pass, pathsOf } from '@/testing/wholeShop';

const MINUTE_MS = 60_000;
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1000).toISOString();

let products: Product[] = [];
let line: Waiter[] = [];
let calls: Request[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  products = [product({ availableStock: 0, waiting: 5 })];
  line = [];
  localStorage.setItem('ember.shopper', JSON.stringify(shopper()));
  calls = stubApi((_method, path) => {
    if (path === '/waiters') return { body: line };
    return { body: path === '/products' ? products : [] };
  });
});

afterEach(() => {
  vi.restoreAllMocks();
  closeTabs();
});

async function waitInLine(changes: Partial<Waiter> = {}): Promise<void> {
  line = [waiter(changes)];
  localStorage.setItem('ember.waiters', JSON.stringify(line));
  await openTab();
  await pass(6000);
  calls.length = 0;
}

const asked = () => pathsOf(calls).filter((path) => path === '/api/waiters').length;

it('asks nothing for a shopper who has joined no list, whatever the line does', async () => {
  await openTab();
  products = [product({ availableStock: 0, waiting: 1 })];
  await pass(MINUTE_MS);
  window.dispatchEvent(new Event('visibilitychange'));
  await pass(200);
  expect(asked()).toBe(0);
});

it('asks when the page of a waiting shopper loads and when it is looked at again', async () => {
  line = [waiter()];
  localStorage.setItem('ember.waiters', JSON.stringify(line));
  await openTab();
  await pass(1000);
  expect(asked()).toBe(1);
  window.dispatchEvent(new Event('visibilitychange'));
  await pass(200);
  expect(asked()).toBe(2);
});

it('asks at most twice a minute while the line stands still', async () => {
  await waitInLine();
  await pass(MINUTE_MS);
  expect(asked()).toBeGreaterThan(0);
  expect(asked()).toBeLessThanOrEqual(2);
});

it('asks soon when fewer shoppers wait', async () => {
  await waitInLine({ position: 1 });
  products = [product({ availableStock: 0, waiting: 4 })];
  await pass(7500); // the products are asked for within 6 s; the first in line then asks within 1 s
  expect(asked()).toBe(1);
});

it('does not ask when more shoppers wait', async () => {
  await waitInLine({ position: 1 });
  products = [product({ availableStock: 0, waiting: 9 })];
  await pass(12_000);
  expect(asked()).toBe(0);
});

it('asks when the earliest instant of an offer has passed', async () => {
  await waitInLine({ position: 1, earliestOfferAt: inSeconds(10) });
  await pass(3900);
  expect(asked()).toBe(0);
  await pass(1500);
  expect(asked()).toBe(1);
});

it('asks at most each 5 s while units are released all the time', async () => {
  await waitInLine({ position: 1 });
  const releases = setInterval(() => {
    products = [product({ availableStock: 0, waiting: 5, nextReleaseAt: inSeconds(0.1) })];
  }, 100);
  await pass(MINUTE_MS);
  clearInterval(releases);
  expect(asked()).toBeGreaterThan(3);
  expect(asked()).toBeLessThanOrEqual(14);
});

it('asks at most each 15 s from a hidden tab, and at once when the line moves', async () => {
  await waitInLine({ position: 40 });
  hide(true);
  await pass(15_000);
  calls.length = 0;
  products = [product({ availableStock: 0, waiting: 1 })];
  await pass(20_000);
  expect(asked()).toBeGreaterThan(0);
  await pass(40_000);
  expect(asked()).toBeLessThanOrEqual(4);
});

it('stops asking once the place has become an offer', async () => {
  await waitInLine();
  line = [waiter({ status: 'OFFERED', position: null, reservationId: 'r', endedAt: inSeconds(0) })];
  await pass(40_000);
  calls.length = 0;
  await pass(MINUTE_MS);
  expect(asked()).toBe(0);
});
