import { languageNow } from '../../help/host.js';
import { tell } from '../../help/session.js';
import { articleById, articleIn, isTranslated, readingMinutes, topicName } from '../content/index.js';
import { html, say, trusted } from '../dom.js';
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

const headings = (body) => [...body.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text);

/** Buttons, not links: the address names the article, and a place in it is no page of its own. */
const contents = (body) => html`
  <nav class="contents" aria-labelledby="contents-title">
    <h2 id="contents-title" class="side-title">On this page</h2>
    <ol>${headings(body).map((text, place) => html`<li><button type="button" data-place="${place}">${trusted(text)}</button></li>`)}</ol>
  </nav>`;

const mountContents = (root) => {
  const places = root.querySelectorAll('.prose > .body h2');
  root.querySelector('.contents').addEventListener('click', ({ target }) => {
    const heading = places[target.closest('[data-place]')?.dataset.place];
    if (!heading) return;
    heading.tabIndex = -1;
    heading.focus();
    heading.scrollIntoView({ block: 'start' });
  });
};

/** Whoever reads another language is told at once, not after three sentences. */
const onlyEnglish = (id) => {
  const language = languageNow();
  return language !== 'en' && !isTranslated(id, language) && html`<p class="tag" lang="es">Este artículo solo está en inglés</p>`;
};

const inOther = (id, language) => {
  if (!isTranslated(id, languageNow())) return undefined;
  return language === 'en'
    ? html` · <a href="#/article/${id}" lang="es" hreflang="es">En español</a>`
    : html` · <a href="#/article/${id}?in=en" lang="en" hreflang="en">In English</a>`;
};

export const article = ({ id, query }) => {
  const found = articleById(id);
  if (!found) return undefined;
  const shown = articleIn(found, query.get('in') ?? languageNow());
  return {
    page: found.id,
    role: 'article',
    topic: found.topic,
    readMs: found.expectedReadMs,
    title: shown.title,
    markup: html`
      <div class="wrap article-layout">
        <article class="prose">
          <nav class="crumbs" aria-label="Breadcrumb">
            <ol>
              <li><a href="#/">Help</a></li>
              <li><a href="#/topic/${found.topic}">${topicName(found.topic)}</a></li>
            </ol>
          </nav>
          <h1 lang="${shown.language}">${shown.title}</h1>
          <p class="lead" lang="${shown.language}">${shown.summary}</p>
          <p class="meta">${readingMinutes(found)} min to read · Updated ${found.updated}${inOther(found.id, shown.language)}</p>
          ${onlyEnglish(found.id)}
          <div class="body" lang="${shown.language}">${trusted(shown.body)}</div>
          ${vote}
        </article>
        <div class="article-side">
          ${searchForm()}
          ${contents(shown.body)}
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
      mountContents(root);
    },
  };
};
