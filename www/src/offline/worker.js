import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

// The build writes the list: every file of the site with a mark of its content.
precacheAndRoute(self.__FILES, { ignoreURLParametersMatching: [/^situation$/, /^tactful$/] });
cleanupOutdatedCaches();

// An update takes over with the next page; a visit is never half one version and half another.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
