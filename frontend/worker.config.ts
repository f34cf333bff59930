import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { defineConfig } from 'vite';

const SHOP = 'dist';
const PAGE = 'index.html';
const KEPT = /^(index\.html|favicon\.svg|assets\/.*)$/;

/** What the service worker keeps: the files of the shop's build. It is built before the desk's for that reason. */
function files(): { url: string; revision: string | null }[] {
  const names = readdirSync(SHOP, { recursive: true, encoding: 'utf8' }).filter((name) => KEPT.test(name));
  if (!names.includes(PAGE)) throw new Error('Build the shop first.');
  return names.sort().map((name) => ({ url: `/${name}`, revision: isHashed(name) ? null : digest(name) }));
}

const isHashed = (name: string) => name.startsWith('assets/');
const digest = (name: string) =>
  createHash('sha256')
    .update(readFileSync(`${SHOP}/${name}`))
    .digest('hex');

/** The build of the service worker: one script, `sw.js`. */
export default defineConfig({
  define: { FILES: JSON.stringify(files()) },
  build: {
    emptyOutDir: false,
    copyPublicDir: false,
    modulePreload: false,
    rolldownOptions: { input: 'worker/worker.ts', output: { format: 'iife', entryFileNames: 'sw.js' } },
  },
});
