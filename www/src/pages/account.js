import { planById, currentPlan } from '../content/plans.js';
import { html, say } from '../dom.js';
import { tell } from '../session.js';

// Kept for the life of the page, so that the working controls really work.
const saved = { name: 'Harbour Street Library', zone: 'Europe/Berlin', published: true, open: false };

const ZONES = ['Europe/Berlin', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London'];

const toggle = (name, label, note) => html`
  <div class="setting">
    <div>
      <span class="setting-name" id="${name}-label">${label}</span>
      <span class="setting-note" id="${name}-note">${note}</span>
    </div>
    <button class="toggle" type="button" role="switch" data-toggle="${name}" aria-checked="${saved[name]}"
      aria-labelledby="${name}-label" aria-describedby="${name}-note"><span></span></button>
  </div>`;

const markup = () => html`
  <div class="wrap narrow">
    <h1>Account and data</h1>
    <p class="lead">Harbour Street Library · ${planById(currentPlan).name} plan</p>

    <section class="panel" aria-labelledby="org-title">
      <h2 id="org-title">Organisation</h2>
      <form id="organisation" class="form" novalidate>
        <div class="field">
          <label for="org-name">Name</label>
          <input id="org-name" name="name" value="${saved.name}" autocomplete="organization" required />
        </div>
        <div class="field">
          <label for="org-zone">Time zone of new rosters</label>
          <select id="org-zone" name="zone">
            ${ZONES.map((zone) => html`<option value="${zone}" ${zone === saved.zone ? 'selected' : ''}>${zone.replace('/', ' / ')}</option>`)}
          </select>
        </div>
        <div class="form-end">
          <button class="button button-strong" type="submit" id="save-organisation">Save changes</button>
          <p class="form-note" id="organisation-note" role="status"></p>
        </div>
      </form>
    </section>

    <section class="panel" aria-labelledby="mail-title">
      <h2 id="mail-title">Messages to planners</h2>
      ${toggle('published', 'A week was published', 'One message a week for each roster you plan.')}
      ${toggle('open', 'A shift has nobody', 'When a shift within 48 hours is still open.')}
    </section>

    <section class="panel" aria-labelledby="seats-title">
      <h2 id="seats-title">Seats</h2>
      <p><strong>10 of 10</strong> seats taken. <a href="#/article/seats-and-roles">Who needs a seat?</a></p>
      <meter class="seats" min="0" max="10" value="10" aria-label="Seats taken">10 of 10</meter>
      <p><a class="button" href="#/plan-change">Change plan</a></p>
    </section>

    <section class="panel" aria-labelledby="data-title">
      <h2 id="data-title">Your data</h2>
      <p>One archive with people, shifts, confirmed hours and changes.
        <a href="#/article/export-data">What is inside?</a></p>
      <button class="button" type="button" id="export-data">Export my data</button>
    </section>
  </div>`;

const mountOrganisation = (form, note) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { name, zone } = form.elements;
    if (!form.checkValidity()) {
      name.setAttribute('aria-invalid', 'true');
      say(note, 'The organisation needs a name.');
      name.focus();
      tell('form', form, 'failed');
      return;
    }
    name.removeAttribute('aria-invalid');
    Object.assign(saved, { name: name.value, zone: zone.value });
    say(note, `Saved at ${new Date().toLocaleTimeString('en-GB')}.`);
    tell('form', form, 'ok');
  });
};

export const account = () => ({
  page: 'account',
  role: 'account',
  // Of all matters, this page is where people come for their data.
  topic: 'export',
  title: 'Account and data',
  markup: markup(),
  mount(root) {
    mountOrganisation(root.querySelector('#organisation'), root.querySelector('#organisation-note'));
    for (const button of root.querySelectorAll('[data-toggle]')) {
      button.addEventListener('click', () => {
        const name = button.dataset.toggle;
        saved[name] = !saved[name];
        button.setAttribute('aria-checked', String(saved[name]));
      });
    }
    // #export-data has no handler, on purpose: it is the fault this demo is about. Such buttons
    // ship every day, and nothing but the visitor's clicks will ever tell of it.
  },
});
