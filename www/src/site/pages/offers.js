import { ALL_OFFERS, languageNow } from '../../help/host.js';
import { decideNow, leaveAlone, session } from '../../help/session.js';
import { words } from '../../help/words.js';
import { element, html, keep, say } from '../dom.js';
import { saidInstant } from '../when.js';

const line = () => element(html`<li></li>`);
const kindRow = html`<li><p><strong></strong> <span class="tag"></span></p><ul></ul></li>`;

/** Each reason once, in the words for the visitor. */
const reasons = ({ blockers }) =>
  [...new Set(blockers.map(({ words: why, until }) => (until === undefined ? why : words().offers.until(why, saidInstant(until)))))];

const state = (decision) => {
  const said = words().offers;
  if (session.leftAlone) return said.quiet;
  if (!decision) return session.state === 'loading' ? said.loading : said.off;
  return decision.route === 'none' ? said.none : said.some;
};

const update = () => {
  const root = document.querySelector('#offers-page');
  if (!root) return;
  // About the help center as a whole: whatever could be offered anywhere in it is at hand.
  const decision = decideNow({ offers: ALL_OFFERS });
  say(root.querySelector('#offers-now'), state(decision));
  if (!decision) return;
  const said = words().offers;
  // Who switched offers off knows why; the engine's own reason for silence would be another.
  keep(root.querySelector('#offers-why'), session.leftAlone ? [] : decision.because.map(({ words: why }) => why), (why) => why, line, say);
  keep(
    root.querySelector('#offers-kinds'),
    Object.entries(said.names).map(([purpose, name]) => ({ purpose, name, ...decision.verdicts[purpose] })),
    ({ purpose }) => purpose,
    () => element(kindRow),
    (item, verdict) => {
      const quiet = session.leftAlone && verdict.purpose === 'assist';
      const allowed = verdict.allowed && !quiet;
      say(item.querySelector('strong'), verdict.name);
      const tag = item.querySelector('.tag');
      say(tag, allowed ? said.may : said.mayNot);
      tag.classList.toggle('tag-good', allowed);
      keep(item.querySelector('ul'), quiet ? [said.quiet] : reasons(verdict), (why) => why, line, say);
    },
  );
};

// The engine may have something new to say while the page is read; after it has returned.
for (const news of ['help:session', 'tactful:decision']) document.addEventListener(news, () => setTimeout(update));

/** Why one sees what one sees, and why not: for the visitor, about this visitor, from this page alone. */
export const offers = () => {
  const said = words().offers;
  return {
    page: 'offers',
    role: 'other',
    // Still about what the visitor came from.
    topic: document.querySelector('main').dataset.tactfulTopic,
    title: said.title,
    markup: html`
      <div class="wrap narrow" id="offers-page" lang="${languageNow()}">
        <h1>${said.title}</h1>
        <p class="lead">${said.lead}</p>
        <section class="panel" aria-labelledby="now-title">
          <h2 id="now-title">${said.now}</h2>
          <p id="offers-now" role="status"></p>
          <ul class="plain-list" id="offers-why"></ul>
        </section>
        <section class="panel" aria-labelledby="kinds-title">
          <h2 id="kinds-title">${said.kinds}</h2>
          <ul class="kinds" id="offers-kinds"></ul>
        </section>
        <section class="panel" aria-labelledby="choice-title">
          <h2 id="choice-title">${said.choice}</h2>
          <div class="setting">
            <div>
              <span class="setting-name" id="leave-label">${said.toggle}</span>
              <span class="setting-note" id="leave-note">${said.note}</span>
            </div>
            <button class="toggle" type="button" role="switch" id="offer-help" aria-checked="${String(!session.leftAlone)}" aria-labelledby="leave-label" aria-describedby="leave-note"><span></span></button>
          </div>
          <p class="form-note" role="status" id="leave-said"></p>
        </section>
      </div>`,
    mount(root) {
      update();
      const toggle = root.querySelector('#offer-help');
      toggle.addEventListener('click', () => {
        leaveAlone(!session.leftAlone);
        toggle.setAttribute('aria-checked', String(!session.leftAlone));
        say(root.querySelector('#leave-said'), session.leftAlone ? words().leftAlone : words().offers.back);
        update();
      });
    },
  };
};
