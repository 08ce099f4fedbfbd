/**
 * The service worker: keeps the built app, so that every screen opens without a network. Data is not its business;
 * that lives in IndexedDB and goes over the socket. It takes over only when a person asks for the new version.
 */

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';

declare const self: ServiceWorkerGlobalScope & {
  readonly __WB_MANIFEST: readonly (string | PrecacheEntry)[];
};

precacheAndRoute([...self.__WB_MANIFEST]);
cleanupOutdatedCaches();

// Every address of the app is the same page; which screen it shows is decided there.
registerRoute(
  new NavigationRoute(createHandlerBoundToURL('/index.html'), { denylist: [/^\/(api|sync)\//] }),
);

self.addEventListener('message', (event) => {
  if (event.data === 'takeOver') event.waitUntil(self.skipWaiting());
});

// The first visit is offline-ready at once; later versions wait to be asked.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
