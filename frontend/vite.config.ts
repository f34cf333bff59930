import tailwindcss from '@tailwindcss/vite';
import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

import { apiProxy, likeCloudFront, withImageOrigins } from './front-door.ts';
import { prerender } from './prerender.ts';
import securityHeaders from './security-headers.json' with { type: 'json' };

const CHALICE_LOCAL = 'http://127.0.0.1:8000';
const proxy = apiProxy(process.env.API_URL ?? CHALICE_LOCAL);
const headers = withImageOrigins(securityHeaders, process.env.IMAGE_ORIGINS);

/**
 * One file for each part of the first load, with all that it imports. Otherwise, what a part that is loaded later imports
 * too would lie in more files, which compress worse.
 */
const FIRST_LOAD = [
  { name: 'loader', test: /^\0(vite\/preload-helper|rolldown\/runtime)\.js$/, priority: 2 },
  { name: 'react-dom', test: /\/react-dom\/client\.js$/, priority: 1 },
  { name: 'page', test: /\/src\/renderInBrowser\.tsx$/ },
];

export default defineConfig({
  plugins: [react(), tailwindcss(), prerender(), likeCloudFront()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  // the API decides what other origins may do
  server: { proxy, cors: false },
  preview: { proxy, headers, cors: false },
  // no data: URLs and inline scripts, so that the content security policy can be 'self'
  build: {
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rolldownOptions: { output: { codeSplitting: { groups: FIRST_LOAD } } },
  },
});
