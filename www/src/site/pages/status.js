import { decideNow } from '../../help/session.js';
import { html, say } from '../dom.js';
import { PHONE_PATTERN } from '../fields.js';
import { incidentNow } from '../organisation.js';
import { saidClock, saidInstant } from '../when.js';

const PARTS = ['Rosters and shifts', 'Calendars', 'E-mail and text messages', 'Sign-in', 'Downloads and exports'];

const part = (name, broken) => html`
  <li><span>${name}</span> ${broken
    ? html`<span class="tag tag-bad">Not working</span>`
    : html`<span class="tag tag-good">Working</span>`}</li>`;

const incidentPanel = ({ since, nextUpdateAt }) => html`
  <section class="panel incident" aria-labelledby="incident-title">
    <h2 id="incident-title">Exports do not start</h2>
    <p>Since ${saidInstant(since)}, pressing “Export my data” does nothing for most organisations. Your data is safe; only the
      download is affected. We have found the cause and are repairing it.</p>
    <p><strong>Next news by ${saidInstant(nextUpdateAt)}</strong>, here, even if there is nothing new.</p>
  </section>`;

const tellMe = html`
  <form class="panel form" id="notify-form" novalidate aria-labelledby="notify-title">
    <h2 id="notify-title">Tell me when something changes</h2>
    <div class="field">
      <label for="notify-phone">Mobile number, for one text message</label>
      <input id="notify-phone" name="phone" type="tel" autocomplete="tel" required pattern="${PHONE_PATTERN}" aria-describedby="notify-problem" />
      <p class="field-problem" id="notify-problem" hidden>Please write a number we can send a message to.</p>
    </div>
    <div class="form-end">
      <button class="button button-strong" type="submit">Text me</button>
      <p class="form-note" role="status" id="notify-note"></p>
    </div>
  </form>`;

/** What the engine says to one text message, in words: it is asked before anything is promised. */
const answered = () => {
  const decision = decideNow({ proposal: { purpose: 'serviceNotice', channel: 'sms', template: 'serviceNotice' } });
  const verdict = decision?.verdicts.serviceNotice;
  if (!verdict || verdict.allowed) return 'Noted. You get one message when it works again. In this demo nothing is sent.';
  const { deferUntil, blockers } = verdict;
  const why = blockers[0].words;
  return deferUntil !== undefined && blockers.every(({ until }) => until !== undefined)
    ? `Noted. ${why} If it is over before ${saidClock(deferUntil)}, the message waits until then: ${saidInstant(deferUntil)}, your time.`
    : `We may not send you text messages. ${why} The news is always here.`;
};

const mountNotify = (form) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { phone } = form.elements;
    const wrong = !phone.checkValidity();
    form.querySelector('#notify-problem').hidden = !wrong;
    if (wrong) phone.setAttribute('aria-invalid', 'true');
    else phone.removeAttribute('aria-invalid');
    if (wrong) phone.focus();
    else say(form.querySelector('#notify-note'), answered());
  });
};

export const status = () => {
  const incident = incidentNow();
  return {
    page: 'status',
    role: 'status',
    title: 'Service status',
    markup: html`
      <div class="wrap narrow">
        <h1>Service status</h1>
        <p class="lead">${incident ? 'One thing does not work at the moment.' : 'Everything we measure works at the moment.'}</p>
        ${incident && incidentPanel(incident)}
        <ul class="panel status-list">
          ${PARTS.map((name) => part(name, incident && name.startsWith('Downloads')))}
        </ul>
        ${tellMe}
      </div>`,
    mount(root) {
      mountNotify(root.querySelector('#notify-form'));
    },
  };
};
