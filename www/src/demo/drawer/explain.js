import { fill, html, say } from '../../site/dom.js';
import { session } from '../../help/session.js';
import { plain } from './bar.js';
import { PURPOSES, ROUTES } from './names.js';

const lost = ({ route, why }) => html`<li><strong>${ROUTES[route]}</strong>: ${why.map(({ code, words }) => session.tactful.words(code)?.staff ?? words).join(' ')}</li>`;

const leads = ({ of, to }) => (of === 'route' ? ROUTES[to] ?? to : `${PURPOSES[of]}: ${plain(to)}`);

const found = ({ lost: others, wouldChange }) => html`
  <div>
    <h4>Why not another way</h4>
    <ul class="see-because">${others.map(lost)}</ul>
    <h4>It would be otherwise, if</h4>
    ${wouldChange.length === 0
      ? html`<p>No single change was found that leads elsewhere.</p>`
      : html`<ul class="see-because">${wouldChange.map((one) => html`<li>${one.change}: <strong>${leads(one)}</strong></li>`)}</ul>`}
  </div>`;

let wanted; // the story of what is shown
let shown; // which decision an explanation on the screen is about

/** Asked for, not shown by itself: the studio edition is larger than the one that decides. */
export const explainSection = {
  markup: html`
    <section class="see see-explain" aria-labelledby="see-explain">
      <h3 id="see-explain">Explanation</h3>
      <button type="button" class="button button-small" id="explain">Explain this decision</button>
      <p class="see-none" role="status"></p>
      <div class="see-found"></div>
    </section>`,

  mount(root) {
    const section = root.querySelector('.see-explain');
    section.querySelector('#explain').addEventListener('click', async () => {
      const said = section.querySelector('[role=status]');
      say(said, 'Every change is tried and decided again …');
      try {
        const { explain } = await import('tactful/studio');
        const story = await wanted.story();
        shown = wanted.key;
        fill(section.querySelector('.see-found'), found(await explain(story)));
        say(said, `About the decision ${((story.moment.now - story.visit.startedAt) / 1000).toFixed(0)} s into the visit.`);
      } catch (error) {
        say(said, `That could not be explained: ${error.message}`);
        section.querySelector('.see-found').replaceChildren();
      }
    });
  },

  update(root, { story, replayed }) {
    wanted = { story, key: replayed };
    if (shown === undefined || shown === replayed) return;
    // Another step or another story: what was explained is not about it.
    shown = undefined;
    root.querySelector('.see-found').replaceChildren();
    say(root.querySelector('.see-explain [role=status]'), '');
  },
};
