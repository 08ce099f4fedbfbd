/**
 * The service worker: keeps the built app, so that every screen opens without a network, and sends what waits when the
 * network comes back to a closed app. It takes over only when a person asks for the new version.
 */

import {
  cleanupOutdatedCaches,
  createHandlerBoundToURL,
  type PrecacheEntry,
  precacheAndRoute,
} from 'workbox-precaching';
import { NavigationRoute, registerRoute } from 'workbox-routing';
import { UNSENT_TAG } from '../../shared/protocol/side-doors.ts';
import { sendUnsent } from './send-unsent.ts';

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

// Not in the types of TypeScript yet.
self.addEventListener('sync', (event) => {
  if ('tag' in event && event.tag === UNSENT_TAG && event instanceof ExtendableEvent)
    event.waitUntil(sendUnsent());
});

// The first visit is offline-ready at once; later versions wait to be asked.
self.addEventListener('activate', (event) => {
  event.waitUntil(self.clients.claim());
});
