import { articlesOn, topics } from '../content/index.js';
import { html } from '../dom.js';
import { mountSearchForm, searchForm } from './search-form.js';

// A week on the loom: rows are people, threads are shifts. Decoration only.
const SHIFTS = [
  ['a', 0, 2], ['b', 3, 1], ['a', 5, 2],
  ['c', 1, 2], ['a', 4, 1],
  ['b', 0, 1], ['c', 2, 3], ['b', 6, 1],
  ['a', 1, 1], ['b', 3, 2], ['c', 6, 1],
];
const ROWS = [0, 0, 0, 1, 1, 2, 2, 2, 3, 3, 3];

const loom = html`
  <svg class="loom" viewBox="0 0 420 200" aria-hidden="true">
    ${[0, 1, 2, 3, 4, 5, 6, 7].map((day) => html`<path class="loom-warp" d="M${day * 60} 0v200" />`)}
    ${SHIFTS.map(
      ([thread, day, length], index) =>
        html`<rect class="loom-${thread}" x="${day * 60 + 6}" y="${ROWS[index] * 50 + 11}" width="${length * 60 - 12}" height="28" rx="6" />`,
    )}
  </svg>`;

const card = (topic) => html`
  <section class="card topic-card" aria-labelledby="topic-${topic.id}">
    <h3 id="topic-${topic.id}">${topic.name}</h3>
    <p>${topic.note}</p>
    <ul>
      ${articlesOn(topic.id).map(({ id, title }) => html`<li><a href="#/article/${id}">${title}</a></li>`)}
    </ul>
  </section>`;

export const home = () => ({
  page: 'home',
  role: 'home',
  title: 'Help',
  markup: html`
    <div class="hero">
      <div class="wrap hero-in">
        <div class="hero-text">
          <h1>Who works when, settled.</h1>
          <p class="lead">Help with rosters, shifts and everything around them.</p>
          ${searchForm('', 'large')}
          <p class="hero-links">
            Often read:
            <a href="#/article/export-data">Export your data</a>,
            <a href="#/article/calendar-sync">Shifts in your calendar</a>
          </p>
        </div>
        ${loom}
      </div>
    </div>
    <div class="wrap">
      <h2 class="section-title">All articles by topic</h2>
      <div class="cards">${topics.map(card)}</div>
    </div>`,
  mount: mountSearchForm,
});
