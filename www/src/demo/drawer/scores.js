import { element, html, keep, say } from '../../site/dom.js';
import { bar, plain, setBar } from './bar.js';

/** Scores of 0..1000 with a bar; the others say what they are in words. */
const BARS = ['friction', 'urgency', 'complexity', 'value'];

const block = (name) => html`
  <div class="score" data-score="${name}">
    <p class="score-line"><span class="score-name">${plain(name)}</span> ${bar} <span class="score-points"></span></p>
    <ul class="parts"></ul>
  </div>`;

const wordBlock = (name) => html`
  <div class="score" data-score="${name}">
    <p class="score-line score-line-plain"><span class="score-name">${plain(name)}</span> <span class="score-points"></span></p>
    <ul class="parts"></ul>
  </div>`;

const part = html`<li class="part"><span class="part-name"></span> ${bar} <span class="part-points"></span></li>`;

/** Bars of parts are drawn against `whole`. */
const updateParts = (list, parts, whole = 1000) =>
  keep(
    list,
    parts.filter(({ points }) => points > 0).sort((a, b) => b.points - a.points),
    ({ name }) => name,
    () => element(part),
    (item, { name, points, evidence }) => {
      say(item.querySelector('.part-name'), plain(name));
      say(item.querySelector('.part-points'), String(points));
      setBar(item, (points * 1000) / whole);
      if (evidence) item.title = evidence.join(', ');
    },
  );

const partsOf = ({ contributions }) => contributions.map(({ code, points, evidence }) => ({ name: code, points, evidence }));

const effortWords = ({ points, band, legs, coverage, predicted }) => [
  `${points} points`,
  band,
  legs.length > 0 && legs.join(' → '),
  coverage < 1000 && `${Math.round(coverage / 10)} % seen`,
  predicted && `likely to cost ${predicted.points}`,
].filter(Boolean).join(' · ');

export const scoreSection = {
  markup: html`
    <section class="see see-scores" aria-labelledby="see-scores">
      <h3 id="see-scores">Scores</h3>
      ${BARS.map(block)}
      ${['effort', 'intent', 'stage'].map(wordBlock)}
    </section>`,

  update(root, { decision: { scores } }) {
    const box = (name) => root.querySelector(`[data-score="${name}"]`);
    const points = (name) => box(name).querySelector('.score-points');
    for (const name of BARS) {
      const score = scores[name];
      say(points(name), [score.points, score.class ?? score.band].join(' · '));
      setBar(box(name), score.points);
      updateParts(box(name).querySelector('.parts'), partsOf(score));
      box(name).title = `Definition ${score.definition}`;
    }
    const { effort, intent, stage } = scores;
    say(points('effort'), effortWords(effort));
    box('effort').title = `Definition ${effort.definition}`;
    updateParts(box('effort').querySelector('.parts'), partsOf(effort), Math.max(1, effort.points));
    say(points('intent'), plain(intent.top));
    updateParts(box('intent').querySelector('.parts'), Object.entries(intent.shares).map(([name, share]) => ({ name, points: share })));
    say(points('stage'), plain(stage.name));
  },
};
