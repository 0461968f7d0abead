import { articleById, articles, articlesOn, popular, topics } from '../content/index.js';
import { html } from '../dom.js';
import { icon } from '../icons.js';
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

const counted = (count) => (count === 1 ? '1 article' : `${count} articles`);

const topicCard = ({ id, name, note, icon: sign }) => html`
  <li class="card topic-card">
    <span class="topic-icon">${icon(sign)}</span>
    <h3><a href="#/topic/${id}">${name}</a></h3>
    <p>${note}</p>
    <p class="meta">${counted(articlesOn(id).length)}</p>
  </li>`;

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
        </div>
        ${loom}
      </div>
    </div>
    <div class="wrap">
      <h2 class="section-title">Topics</h2>
      <ul class="cards topics">${topics.map(topicCard)}</ul>
      <div class="home-end">
        <section aria-labelledby="popular-title">
          <h2 class="section-title" id="popular-title">Often read</h2>
          <ul class="popular">
            ${popular.map(articleById).map(({ id, title }) => html`<li><a href="#/article/${id}">${title}</a></li>`)}
          </ul>
          <p class="meta">${articles.length} articles, each written and checked by the people who answer you.</p>
        </section>
        <section class="panel reach" aria-labelledby="reach-title">
          <h2 id="reach-title">Rather ask a person?</h2>
          <p>Every day from eight to eight, Berlin time. You do not have to search first, and you tell your story once.</p>
          <p><a class="button button-strong" href="#/contact">Contact us</a></p>
        </section>
      </div>
    </div>`,
  mount: mountSearchForm,
});
