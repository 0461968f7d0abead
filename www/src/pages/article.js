import { articleById, readingMinutes, topicName } from '../content/index.js';
import { html, say, trusted } from '../dom.js';
import { tell } from '../session.js';
import { mountSearchForm, searchForm } from './search-form.js';

const vote = html`
  <section class="vote" aria-labelledby="vote-title">
    <h2 id="vote-title">Did this help?</h2>
    <div class="vote-buttons">
      <button class="button" type="button" data-vote="yes" aria-pressed="false">Yes</button>
      <button class="button" type="button" data-vote="no" aria-pressed="false">No</button>
    </div>
    <p class="vote-answer" role="status"></p>
  </section>`;

const ANSWERS = {
  yes: 'Good to hear. Thank you.',
  no: 'Thank you for saying so. “Contact us” at the top of the page reaches a person.',
};

const mountVote = (root, page) => {
  const buttons = [...root.querySelectorAll('[data-vote]')];
  const answer = root.querySelector('.vote-answer');
  for (const button of buttons) {
    button.addEventListener('click', () => {
      const { vote: given } = button.dataset;
      for (const one of buttons) one.setAttribute('aria-pressed', String(one === button));
      say(answer, ANSWERS[given]);
      tell('vote', page, given === 'yes');
    });
  }
};

export const article = ({ id }) => {
  const found = articleById(id);
  if (!found) return undefined;
  return {
    page: found.id,
    role: 'article',
    topic: found.topic,
    readMs: found.expectedReadMs,
    title: found.title,
    markup: html`
      <div class="wrap article-layout">
        <article class="prose">
          <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
              <li><a href="#/">Help</a></li>
              <li>${topicName(found.topic)}</li>
            </ol>
          </nav>
          <h1>${found.title}</h1>
          <p class="lead">${found.summary}</p>
          <p class="meta">${readingMinutes(found)} min to read · Updated ${found.updated}</p>
          ${trusted(found.body)}
          ${vote}
        </article>
        <div class="article-side">
          ${searchForm()}
          <section aria-labelledby="related-title">
            <h2 id="related-title" class="side-title">Read next</h2>
            <ul class="side-list">
              ${found.next.map(articleById).map((other) => html`<li><a href="#/article/${other.id}">${other.title}</a></li>`)}
            </ul>
          </section>
        </div>
      </div>`,
    mount(root) {
      mountSearchForm(root);
      mountVote(root, found.id);
    },
  };
};
