import { html, say } from '../../site/dom.js';
import { saidClock } from '../../site/when.js';
import { deskIsOpen, languageNow, setHost } from '../../help/host.js';
import { session } from '../../help/session.js';

/** Browsers fetch the icon again as they like; it says nothing about anybody. */
const ICON = /favicon\.svg$/;

const requestsSinceReady = () =>
  performance.getEntriesByType('resource').filter(({ name, startTime }) => startTime > session.readyAt && !ICON.test(name)).length;

const LANGUAGES = { en: 'English', es: 'Spanish' };

export const hostSection = {
  markup: html`
    <section class="see see-host" aria-labelledby="see-host">
      <h3 id="see-host">What the page tells it</h3>
      <div class="setting">
        <span class="setting-name" id="desk-label">Somebody is at the support desk</span>
        <button class="toggle" type="button" role="switch" id="desk" aria-checked="true" aria-labelledby="desk-label"><span></span></button>
      </div>
      <p class="see-place"></p>
      <p class="see-requests"></p>
      <p class="see-engine"></p>
    </section>`,

  mount(root, changed) {
    root.querySelector('#desk').addEventListener('click', () => {
      setHost({ open: !deskIsOpen() });
      changed();
    });
  },

  update(root, { decision }) {
    root.querySelector('#desk').setAttribute('aria-checked', String(deskIsOpen()));
    say(root.querySelector('.see-place'), `The visitor reads ${LANGUAGES[languageNow()] ?? languageNow()}; their clock says ${saidClock(Date.now())}.`);
    say(root.querySelector('.see-requests'), `Requests since the engine was ready: ${requestsSinceReady()}`);
    const { policy } = decision;
    say(root.querySelector('.see-engine'), `Policy ${policy.id} ${policy.version}, engine ${decision.engine}`);
  },
};
