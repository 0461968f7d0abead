import { element, html, keep, say } from '../dom.js';
import { bar, plain, setBar } from './bar.js';

const shown = ['friction', 'urgency', 'complexity'];

const block = (name) => html`
  <div class="score" data-score="${name}">
    <p class="score-line"><span class="score-name">${plain(name)}</span> ${bar} <span class="score-points"></span></p>
    <ul class="parts"></ul>
  </div>`;

const part = html`<li class="part"><span class="part-name"></span> ${bar} <span class="part-points"></span></li>`;

const updateParts = (list, parts) =>
  keep(
    list,
    parts,
    ({ name }) => name,
    () => element(part),
    (item, { name, points }) => {
      say(item.querySelector('.part-name'), plain(name));
      say(item.querySelector('.part-points'), String(points));
      setBar(item, points);
    },
  );

const largestFirst = (parts) => parts.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points);

export const scoreSection = {
  markup: html`
    <section class="see see-scores" aria-labelledby="see-scores">
      <h3 id="see-scores">Scores</h3>
      ${shown.map(block)}
      <div class="score" data-score="intent">
        <p class="score-line score-line-plain"><span class="score-name">intent</span> <span class="score-points"></span></p>
        <ul class="parts"></ul>
      </div>
    </section>`,

  update(root, { decision: { scores } }) {
    for (const name of shown) {
      const score = scores?.[name];
      const box = root.querySelector(`[data-score="${name}"]`);
      say(box.querySelector('.score-points'), score ? [score.points, score.class ?? score.band].filter((said) => said !== undefined).join(' · ') : 'unknown');
      setBar(box, score?.points);
      const parts = (score?.contributions ?? []).map(({ code, points }) => ({ name: code, points }));
      updateParts(box.querySelector('.parts'), largestFirst(parts));
    }
    const intent = root.querySelector('[data-score="intent"]');
    say(intent.querySelector('.score-points'), plain(scores?.intent?.top ?? 'unknown'));
    const shares = Object.entries(scores?.intent?.shares ?? {}).map(([name, points]) => ({ name, points }));
    updateParts(intent.querySelector('.parts'), largestFirst(shares));
  },
};
