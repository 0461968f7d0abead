import { startBar } from './demo/bar.js';
import { startDrawer } from './demo/drawer.js';
import { situationNow, situations } from './demo/situations/index.js';
import { startTour } from './demo/tour.js';
import { startOffer } from './help/offer.js';
import { startSession } from './help/session.js';
import { keepOffline } from './offline/register.js';
import { pages } from './site/pages/index.js';
import { startRouter } from './site/router.js';

const now = Date.now();
const situation = situationNow();
const { history, host } = situations[situation];

// First what is known, which the pages show too; the engine comes when it comes.
startSession({
  person: `visitor-${situation}`,
  history: history(now),
  host: host?.(now),
  // For comparison: `make bench-page` opens the same page with and without.
  off: new URLSearchParams(location.search).get('tactful') === 'off',
});
startBar();
startDrawer();
startOffer();
startRouter(pages);
startTour();

// Not through the address: "#main" would be taken for a route.
document.querySelector('#skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector('main').focus();
});

if (document.readyState === 'complete') keepOffline();
else addEventListener('load', keepOffline, { once: true });
