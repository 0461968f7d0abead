import { decideNow } from '../../help/session.js';
import { html, say } from '../dom.js';
import { PHONE_PATTERN, checked } from '../fields.js';
import { incidentNow } from '../organisation.js';
import { saidClock, saidInstant } from '../when.js';

const PARTS = ['Rosters and shifts', 'Calendars', 'E-mail and text messages', 'Sign-in', 'Downloads and exports'];

const part = (name, broken) => html`
  <li><span>${name}</span> ${broken
    ? html`<span class="tag tag-bad">Not working</span>`
    : html`<span class="tag tag-good">Working</span>`}</li>`;

const incidentPanel = ({ began, nextUpdateAt }) => html`
  <section class="panel incident" aria-labelledby="incident-title">
    <h2 id="incident-title">Exports do not start</h2>
    <p>Since ${saidInstant(began)}, pressing “Export my data” does nothing for most organisations. Your data is safe; only the
      download is affected. We have found the cause and are repairing it.</p>
    <p><strong>Next news by ${saidInstant(nextUpdateAt)}</strong>, here, even if there is nothing new.</p>
  </section>`;

const tellMe = (incident) => html`
  <form class="panel form" id="notify-form" novalidate aria-labelledby="notify-title">
    <h2 id="notify-title">${incident ? 'Tell me when it works again' : 'Tell me when something stops working'}</h2>
    <div class="field">
      <label for="notify-phone">Mobile number, for one text message</label>
      <input id="notify-phone" name="phone" type="tel" autocomplete="tel" required maxlength="40" pattern="${PHONE_PATTERN}" aria-describedby="notify-problem" />
      <p class="field-problem" id="notify-problem" hidden></p>
    </div>
    <div class="form-end">
      <button class="button button-strong" type="submit">Text me</button>
      <p class="form-note" role="status" id="notify-note"></p>
    </div>
  </form>`;

/** What the engine says to one text message, in words: it is asked before anything is promised. */
const answered = (incident) => {
  const decision = decideNow({ proposal: { purpose: 'serviceNotice', channel: 'sms', template: 'serviceNotice' } });
  const verdict = decision?.verdicts.serviceNotice;
  const noted = `Noted. You get one message ${incident ? 'when it works again' : 'if something stops working'}. In this demo nothing is sent.`;
  if (!verdict || verdict.allowed) return noted;
  const { deferUntil, blockers } = verdict;
  const why = blockers[0].words;
  return deferUntil !== undefined && blockers.every(({ until }) => until !== undefined)
    ? `${noted} ${why} A message that falls into the night waits until ${saidClock(deferUntil)}, your time.`
    : `We may not send you text messages. ${why} The news is always here.`;
};

const mountNotify = (form, incident) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { phone } = form.elements;
    const fine = checked(phone, form.querySelector('#notify-problem'), 'Please write a number we can send a message to.');
    if (fine) say(form.querySelector('#notify-note'), answered(incident));
    else phone.focus();
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
        ${tellMe(incident)}
      </div>`,
    mount(root) {
      mountNotify(root.querySelector('#notify-form'), incident);
    },
  };
};
