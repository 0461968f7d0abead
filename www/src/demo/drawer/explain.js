import { element, fill, html, say } from '../../site/dom.js';
import { plain } from './bar.js';
import { PURPOSES, ROUTES } from './names.js';

const lost = ({ route, why }) => html`<li><strong>${ROUTES[route]}</strong>: ${why.map(({ words }) => words).join(' ')}</li>`;

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

let wanted;

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
        const story = await wanted();
        fill(section.querySelector('.see-found'), found(await explain(story)));
        say(said, `About the decision ${((story.moment.now - story.visit.startedAt) / 1000).toFixed(0)} s into the visit.`);
      } catch (error) {
        say(said, `That could not be explained: ${error.message}`);
        section.querySelector('.see-found').replaceChildren(element(html`<p></p>`));
      }
    });
  },

  update(_root, { story }) {
    wanted = story;
  },
};
