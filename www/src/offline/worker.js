import { cleanupOutdatedCaches, precacheAndRoute } from 'workbox-precaching';

// The build writes the list: every file of the site with a mark of its content. The studio edition is
// among them: explanations work on the plane. Parameters choose a visitor or count a campaign; the page is one.
precacheAndRoute(self.__FILES, { ignoreURLParametersMatching: [/^situation$/, /^tactful$/, /^utm_/, /^fbclid$/] });
cleanupOutdatedCaches();

// The first time, the page that is open is served too. An update waits until no page of the old version is
// open any more: a visit is never half one version and half another.
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
