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

export default defineConfig({
  plugins: [react(), tailwindcss(), prerender(), likeCloudFront()],
  resolve: { alias: { '@': fileURLToPath(new URL('src', import.meta.url)) } },
  // the API decides what other origins may do
  server: { proxy, cors: false },
  preview: { proxy, headers, cors: false },
  // Parts that are loaded later share modules with the first part, so that there is little to preload for them.
  // No data: URLs and inline scripts, so that the content security policy can be 'self'
  build: {
    assetsInlineLimit: 0,
    modulePreload: {
      polyfill: false,
      resolveDependencies: (_file, deps, { hostType }) => (hostType === 'js' ? [] : deps),
    },
  },
});
