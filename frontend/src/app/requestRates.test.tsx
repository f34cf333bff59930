/**
 * How many requests the shop sends, counted with fake timers. `npm run requests` prints the numbers for the benchmark.
 * Private requests are those that no shared cache can answer.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';

import type { Product, Reservation } from '@/api/types';
import { stubApi } from '@/testing/api';
import { NOON, product, reservation, shopper } from '@/testing/samples';
import { closeTabs, hide, openTab, pass, pathsOf } from '@/testing/wholeShop';

declare module 'vitest' {
  interface TaskMeta {
    rates?: Record<string, number>;
  }
}

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** 100 for `npm run requests`; fewer are enough to show the behaviour. */
const TABS = Number(import.meta.env.TABS ?? 5);

let products: Product[] = [];
let list: Reservation[] = [];
let calls: Request[] = [];

beforeEach(() => {
  vi.useFakeTimers({ now: NOON });
  vi.resetModules();
  products = [product()];
  list = [];
  localStorage.setItem('ember.shopper', JSON.stringify(shopper()));
  calls = stubApi((_method, path) => ({ body: path === '/products' ? products : list }));
});

afterEach(() => {
  vi.restoreAllMocks();
  closeTabs();
});

async function load(): Promise<void> {
  await openTab();
  await pass(3000);
  calls.length = 0;
}

const paths = () => pathsOf(calls);
const productRequests = () => paths().filter((path) => path === '/api/products').length;
const privateRequests = () => paths().length - productRequests();

function hold(): void {
  list = [reservation({ expiresAt: new Date(NOON + HOUR_MS).toISOString() })];
}

/** A product that is sold out, with a hold of another shopper that lapses in so many milliseconds. */
const soldOut = (lapsesInMs: number) =>
  product({ availableStock: 0, nextReleaseAt: new Date(Date.now() + lapsesInMs).toISOString() });

it('sends no private request while the shopper holds nothing', async ({ task }) => {
  await load();
  await pass(MINUTE_MS);
  task.meta.rates = { private_idle: privateRequests() };
  expect(privateRequests()).toBe(0);
  expect(productRequests()).toBeGreaterThan(45);
  expect(productRequests()).toBeLessThanOrEqual(75);
});

it('reads the reservations at most four times a minute with a hold', async ({ task }) => {
  hold();
  await load();
  await pass(MINUTE_MS);
  task.meta.rates = { private_holding: privateRequests() };
  expect(privateRequests()).toBeGreaterThan(0);
  expect(privateRequests()).toBeLessThanOrEqual(4);
});

it('reads the reservations at most twice a minute with a hold in a hidden tab', async ({ task }) => {
  hold();
  await load();
  hide(true);
  await pass(MINUTE_MS);
  task.meta.rates = { private_hidden_holding: privateRequests() };
  expect(privateRequests()).toBeGreaterThan(0);
  expect(privateRequests()).toBeLessThanOrEqual(2);
  expect(productRequests()).toBeLessThanOrEqual(5);
});

it(`sends no private request from ${TABS} tabs after another shopper's hold lapses`, async ({ task }) => {
  products = [soldOut(60 * TABS + 3000)];
  for (let tab = 0; tab < TABS; tab += 1) await openTab();
  await pass(Date.parse(products[0]?.nextReleaseAt ?? '') - Date.now());
  calls.length = 0;
  await pass(1000);
  task.meta.rates = { private_after_strangers_lapse: privateRequests() };
  expect(privateRequests()).toBe(0);
  expect(productRequests()).toBeGreaterThan(0);
}, 60_000);

it('requests products at most 120 times a minute while ten holds lapse each second', async ({ task }) => {
  products = [soldOut(100)];
  await load();
  const lapses = setInterval(() => {
    products = [soldOut(100)];
  }, 100);
  await pass(MINUTE_MS);
  clearInterval(lapses);
  task.meta.rates = { products_under_lapses: productRequests() };
  expect(productRequests()).toBeLessThanOrEqual(120);
  expect(privateRequests()).toBe(0);
});

it('requests the products once more after a release of a sold-out product', async () => {
  products = [soldOut(8000)];
  await load();
  await pass(4900); // 8 s after the answer was made the unit is released
  calls.length = 0;
  products = [product({ availableStock: 1 })];
  await pass(1200);
  expect(productRequests()).toBeGreaterThan(0);
});

it('sends nothing more at the start of a sale', async () => {
  const opening = NOON + 10_000;
  products = [product({ saleStartsAt: new Date(opening).toISOString() })];
  await load();
  await pass(opening - Date.now() - 3000);
  calls.length = 0;
  await pass(6000);
  expect(productRequests()).toBeLessThanOrEqual(8);
  expect(privateRequests()).toBe(0);
});

it('reads products and reservations once after an own lapse', async () => {
  list = [reservation({ expiresAt: new Date(NOON + 10_000).toISOString() })];
  await load();
  await pass(NOON + 10_000 - Date.now() - 100);
  calls.length = 0;
  await pass(1300);
  expect(privateRequests()).toBe(1);
});

it('reads the reservations when the tab is looked at again', async () => {
  await load();
  window.dispatchEvent(new Event('visibilitychange'));
  await pass(200);
  expect(privateRequests()).toBe(1);
});

it('lets one tab of a browser read for all', async () => {
  hold();
  const waiting: (() => unknown)[] = [];
  const request = (_task: string, _options: LockOptions, elect: () => unknown) => {
    if (waiting.push(elect) === 1) elect();
    return new Promise(() => undefined);
  };
  vi.stubGlobal('navigator', { languages: navigator.languages, locks: { request } });
  for (let tab = 0; tab < 3; tab += 1) await openTab();
  await pass(3000);
  calls.length = 0;
  await pass(MINUTE_MS);
  expect(waiting).toHaveLength(3);
  expect(privateRequests()).toBeGreaterThan(0);
  expect(privateRequests()).toBeLessThanOrEqual(2);
});
