import { forgetWish } from '../help/session.js';
import { element, html, say } from '../site/dom.js';
import { situationNow, situations } from './situations/index.js';

/** Another visitor is another visit: the page starts again, so that nothing of this one is left. */
export const startBar = () => {
  const select = document.querySelector('#situation');
  select.append(...Object.entries(situations).map(([id, { name }]) => element(html`<option value="${id}">${name}</option>`)));
  // Browsers restore form fields on reload and on the way back; the address is right, the field may not be.
  const restore = () => {
    select.value = situationNow();
  };
  restore();
  addEventListener('pageshow', restore);
  select.addEventListener('change', () => {
    const address = new URL(location.href);
    address.searchParams.set('situation', select.value);
    address.hash = situations[select.value].start;
    forgetWish();
    location.assign(address);
  });

  const { who, doing, then } = situations[situationNow()];
  const brief = document.querySelector('#brief');
  say(brief.querySelector('.brief-who'), who);
  say(brief.querySelector('.brief-doing'), doing);
  say(brief.querySelector('.brief-then'), then);
};
