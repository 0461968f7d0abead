import { tell } from '../../help/session.js';
import { currentPlan, planById } from '../content/plans.js';
import { html, say } from '../dom.js';
import { TEXT_PATTERN, checked } from '../fields.js';
import { SEATS, organisation, underWay } from '../organisation.js';
import { saidInstant } from '../when.js';

const ZONES = ['Europe/Berlin', 'Europe/Dublin', 'Europe/Helsinki', 'Europe/Lisbon', 'Europe/London', 'Europe/Madrid', 'Pacific/Auckland'];

const toggle = (name, label, note) => html`
  <div class="setting">
    <div>
      <span class="setting-name" id="${name}-label">${label}</span>
      <span class="setting-note" id="${name}-note">${note}</span>
    </div>
    <button class="toggle" type="button" role="switch" data-toggle="${name}" aria-checked="${String(organisation[name])}"
      aria-labelledby="${name}-label" aria-describedby="${name}-note"><span></span></button>
  </div>`;

const line = ({ began, what }) => html`<li><span>${what}.</span> <span class="meta">${saidInstant(began)}</span></li>`;

const requests = (lines) => html`
  <section class="panel" aria-labelledby="requests-title">
    <h2 id="requests-title">Between you and us</h2>
    <ul class="requests">${lines.map(line)}</ul>
  </section>`;

const markup = (lines) => html`
  <div class="wrap narrow">
    <h1>Account and data</h1>
    <p class="lead">${organisation.name} · ${planById(currentPlan).name} plan</p>
    <p class="meta">The part of the account that is needed for help. Invoices, contracts and sign-in rules are in Dayloom itself.</p>

    <section class="panel" aria-labelledby="data-title">
      <h2 id="data-title">Your data</h2>
      <p>One archive with people, shifts, confirmed hours and changes.
        <a href="#/article/export-data">What is inside?</a></p>
      <button class="button" type="button" id="export-data">Export my data</button>
    </section>

    ${lines.length > 0 && requests(lines)}

    <section class="panel" aria-labelledby="seats-title">
      <h2 id="seats-title">Seats</h2>
      <p><strong>${SEATS.taken} of ${SEATS.all}</strong> seats taken. <a href="#/article/seats-and-roles">Who needs a seat?</a></p>
      <meter class="seats" min="0" max="${SEATS.all}" value="${SEATS.taken}" aria-label="Seats taken">${SEATS.taken} of ${SEATS.all}</meter>
      <p class="button-row"><a class="button" href="#/import">Add people</a> <a class="button" href="#/plan-change">Change plan</a></p>
    </section>

    <section class="panel" aria-labelledby="mail-title">
      <h2 id="mail-title">Messages to planners</h2>
      ${toggle('published', 'A week was published', 'One message a week for each roster you plan.')}
      ${toggle('open', 'A shift has nobody', 'When a shift within 48 hours is still open.')}
    </section>

    <section class="panel" aria-labelledby="org-title">
      <h2 id="org-title">Organisation</h2>
      <form id="organisation" class="form" novalidate>
        <div class="field">
          <label for="org-name">Name</label>
          <input id="org-name" name="name" value="${organisation.name}" autocomplete="organization" maxlength="80" pattern="${TEXT_PATTERN}" required aria-describedby="org-name-problem" />
            <p class="field-problem" id="org-name-problem" hidden></p>
        </div>
        <div class="field">
          <label for="org-zone">Time zone of new rosters</label>
          <select id="org-zone" name="zone">
            ${ZONES.map((zone) => html`<option value="${zone}" ${zone === organisation.zone ? 'selected' : ''}>${zone.replace('/', ' / ')}</option>`)}
          </select>
        </div>
        <div class="form-end">
          <button class="button button-strong" type="submit" id="save-organisation">Save changes</button>
          <p class="form-note" id="organisation-note" role="status"></p>
        </div>
      </form>
    </section>
  </div>`;

const mountOrganisation = (form, note) => {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const { name, zone } = form.elements;
    if (!checked(name, form.querySelector('#org-name-problem'), 'The organisation needs a name.')) {
      say(note, '');
      name.focus();
      tell('form', form, 'failed');
      return;
    }
    Object.assign(organisation, { name: name.value.trim(), zone: zone.value });
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
  markup: markup(underWay().reverse()),
  mount(root) {
    mountOrganisation(root.querySelector('#organisation'), root.querySelector('#organisation-note'));
    for (const button of root.querySelectorAll('[data-toggle]')) {
      button.addEventListener('click', () => {
        const name = button.dataset.toggle;
        organisation[name] = !organisation[name];
        button.setAttribute('aria-checked', String(organisation[name]));
      });
    }
    // #export-data has no handler, on purpose: it is the fault this demo is about. Such buttons
    // ship every day, and nothing but the visitor's clicks will ever tell of it.
  },
});
