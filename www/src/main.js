import { startDrawer } from './drawer.js';
import { startOffer } from './offer.js';
import { pages } from './pages/index.js';
import { startRecorder } from './recorder.js';
import { startRouter } from './router.js';
import { startSession } from './session.js';
import { startSituationSwitch } from './switch.js';

startRouter(pages);
startSituationSwitch();
startRecorder();
startDrawer();
startOffer();

// Not through the address: "#main" would be taken for a route.
document.querySelector('#skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.querySelector('main').focus();
});

startSession();
