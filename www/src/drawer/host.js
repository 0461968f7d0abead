import { html, say } from '../dom.js';
import { deskIsOpen, setDeskOpen } from '../moment.js';
import { session } from '../session.js';

/** Browsers fetch the icon again as they like; it says nothing about anybody. */
const ICON = /favicon\.svg$/;

const requestsSinceReady = () =>
  performance.getEntriesByType('resource').filter(({ name, startTime }) => startTime > session.readyAt && !ICON.test(name)).length;

export const hostSection = {
  markup: html`
    <section class="see see-host" aria-labelledby="see-host">
      <h3 id="see-host">What the page tells it</h3>
      <div class="setting">
        <span class="setting-name" id="desk-label">Somebody is at the support desk</span>
        <button class="toggle" type="button" role="switch" id="desk" aria-checked="true" aria-labelledby="desk-label"><span></span></button>
      </div>
      <p class="see-requests"></p>
      <p class="see-engine"></p>
    </section>`,

  mount(root, changed) {
    const desk = root.querySelector('#desk');
    desk.addEventListener('click', () => {
      setDeskOpen(!deskIsOpen());
      desk.setAttribute('aria-checked', String(deskIsOpen()));
      changed();
    });
  },

  update(root, { decision }) {
    say(root.querySelector('.see-requests'), `Requests since the engine was ready: ${requestsSinceReady()}`);
    const { policy } = decision;
    say(root.querySelector('.see-engine'), policy ? `Policy ${policy.id} ${policy.version}, engine ${decision.engine}` : '');
  },
};
