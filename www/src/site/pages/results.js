import { languageNow } from '../../help/host.js';
import { tell } from '../../help/session.js';
import { articleById, articleIn, readingMinutes, topicName } from '../content/index.js';
import { html } from '../dom.js';
import { find } from '../search.js';
import { QUERY_MOST, mountSearchForm, searchForm } from './search-form.js';

const result = (id, index) => {
  const found = articleIn(articleById(id), languageNow());
  return html`
    <li class="result">
      <h2 lang="${found.language}"><a href="#/article/${id}" data-rank="${index + 1}" data-result="${id}">${found.title}</a></h2>
      <p lang="${found.language}">${found.summary}</p>
      <p class="meta">${topicName(found.topic)} · ${readingMinutes(found)} min to read</p>
    </li>`;
};

const nothing = (query) => html`
  <div class="empty">
    <h2>Nothing matches “${query}”</h2>
    <p>Every word has to occur in an article. Try fewer or other words, or
      <a href="#/">look through the topics</a>.</p>
    <p>If it is about your own account, <a href="#/contact">write to us</a>: the articles cannot know it.</p>
  </div>`;

const TITLE_MOST = 60;

const counted = (ids) => (ids.length === 1 ? '1 article' : `${ids.length} articles`);

export const results = ({ query }) => {
  const words = (query.get('q') ?? '').trim().slice(0, QUERY_MOST);
  const ids = words === '' ? [] : find(words);
  return {
    page: 'search',
    role: 'searchResults',
    // What somebody searches for is about what they are most likely to find.
    topic: articleById(ids[0])?.topic,
    title: words === '' ? 'Search' : `Search: ${words.slice(0, TITLE_MOST)}`,
    markup: html`
      <div class="wrap narrow">
        <h1>Search</h1>
        ${searchForm(words, 'small')}
        ${words !== '' && html`<p class="count" role="status">${counted(ids)} found for “${words}”</p>`}
        ${words !== '' && ids.length === 0 && nothing(words)}
        <ol class="results">${ids.map(result)}</ol>
      </div>`,
    mount(root, nav) {
      mountSearchForm(root);
      // Coming back to a list is not another search.
      if (words !== '' && nav !== 'back' && nav !== 'forward') tell('search', words, ids.length);
      root.querySelector('.results').addEventListener('click', (event) => {
        const link = event.target.closest('[data-result]');
        if (link) tell('resultOpen', Number(link.dataset.rank), link.dataset.result);
      });
    },
  };
};
