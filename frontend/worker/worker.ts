import { cleanupOutdatedCaches, matchPrecache, precacheAndRoute } from 'workbox-precaching';
import { registerRoute } from 'workbox-routing';
import { NetworkOnly } from 'workbox-strategies';

declare const self: ServiceWorkerGlobalScope;

/** The files of the shop's build, written in by `worker.config.ts`. Names of assets change with their content. */
declare const FILES: { url: string; revision: string | null }[];

const PAGE = '/index.html';
/** Then the copy is shown. Its assets are there, so it appears at once. */
const SECONDS_TO_ANSWER = 5;

/**
 * The service worker of the shop. It keeps the files of one build, so that the page opens without a network and shows
 * the holds it has saved. The page itself always comes from the network if that answers. Everything else, the API
 * above all, passes by it: a reply from a cache would show old stock as live.
 */
registerRoute(
  ({ request, url }) => request.mode === 'navigate' && (url.pathname === '/' || url.pathname === PAGE),
  new NetworkOnly({
    networkTimeoutSeconds: SECONDS_TO_ANSWER,
    plugins: [{ handlerDidError: () => matchPrecache(PAGE) }],
  }),
);
precacheAndRoute(FILES, { directoryIndex: '', cleanURLs: false, ignoreURLParametersMatching: [] });
cleanupOutdatedCaches();

// A new version takes over at once and deletes the files of the one before.
void self.skipWaiting();
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
