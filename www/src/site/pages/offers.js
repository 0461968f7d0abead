import { decideNow, leaveAlone, session } from '../../help/session.js';
import { element, html, keep, say } from '../dom.js';
import { saidInstant } from '../when.js';

const KINDS = { assist: 'Help on the page you are on', reachOutHelp: 'Messages that offer help', survey: 'Questions about how it went', pitch: 'Suggestions of a larger plan' };

const reason = ({ words, until }) => `${words}${until === undefined ? '' : ` (until ${saidInstant(until)})`}`;

/** Each reason once, in the words for the visitor. */
const reasons = ({ blockers }) => [...new Set(blockers.map(reason))];

const kindRow = html`<li><p><strong></strong> <span class="tag"></span></p><ul></ul></li>`;

const update = (root) => {
  const decision = decideNow();
  if (!decision) {
    say(root.querySelector('#offers-now'), 'Nothing is decided in this page, so nothing is offered.');
    return;
  }
  say(root.querySelector('#offers-now'), decision.route === 'none' ? 'Right now nothing is offered to you.' : 'Right now something is offered to you.');
  const said = decision.because.map(({ words }) => words);
  keep(root.querySelector('#offers-why'), said, (words) => words, () => element(html`<li></li>`), say);
  keep(
    root.querySelector('#offers-kinds'),
    Object.entries(KINDS).map(([purpose, name]) => ({ purpose, name, ...decision.verdicts[purpose] })),
    ({ purpose }) => purpose,
    () => element(kindRow),
    (item, verdict) => {
      say(item.querySelector('strong'), verdict.name);
      const tag = item.querySelector('.tag');
      say(tag, verdict.allowed ? 'may be shown' : 'not shown');
      tag.classList.toggle('tag-good', verdict.allowed);
      keep(item.querySelector('ul'), reasons(verdict), (words) => words, () => element(html`<li></li>`), say);
    },
  );
};

/** Why one sees what one sees, and why not: for the visitor, about this visitor, from this page alone. */
export const offers = () => ({
  page: 'offers',
  role: 'other',
  title: 'Offers of help',
  markup: html`
    <div class="wrap narrow">
      <h1>Offers of help, and why</h1>
      <p class="lead">This help center sometimes offers you an article, a chat or a person. Whether it does is decided in your
        browser, from what you do in this visit and what we already know about your account. None of it is sent anywhere.</p>
      <section class="panel" aria-labelledby="now-title">
        <h2 id="now-title">This moment</h2>
        <p id="offers-now" role="status"></p>
        <ul class="plain-list" id="offers-why"></ul>
      </section>
      <section class="panel" aria-labelledby="kinds-title">
        <h2 id="kinds-title">What may reach you, and what may not</h2>
        <ul class="kinds" id="offers-kinds"></ul>
      </section>
      <section class="panel" aria-labelledby="choice-title">
        <h2 id="choice-title">Your choice</h2>
        <div class="setting">
          <div>
            <span class="setting-name" id="leave-label">Offer me help in this help center</span>
            <span class="setting-note" id="leave-note">Off means: you see nothing unless you ask. “Contact us” always stays.</span>
          </div>
          <button class="toggle" type="button" role="switch" id="offer-help" aria-checked="${String(!session.leftAlone)}" aria-labelledby="leave-label" aria-describedby="leave-note"><span></span></button>
        </div>
        <p class="form-note" role="status" id="leave-said"></p>
      </section>
    </div>`,
  mount(root) {
    const toggle = root.querySelector('#offer-help');
    update(root);
    const again = () => (root.querySelector('#offers-now') ? update(root) : undefined);
    document.addEventListener('demo:session', again, { once: true });
    toggle.addEventListener('click', () => {
      leaveAlone(!session.leftAlone);
      toggle.setAttribute('aria-checked', String(!session.leftAlone));
      say(root.querySelector('#leave-said'), session.leftAlone
        ? 'Understood. From now on nothing is offered unless you ask.'
        : 'Understood. What you closed in this visit stays closed.');
      update(root);
    });
  },
});
