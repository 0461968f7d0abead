import { articlesOn, readingMinutes, topicById } from '../content/index.js';
import { html } from '../dom.js';
import { icon } from '../icons.js';
import { mountSearchForm, searchForm } from './search-form.js';

export const topic = ({ id }) => {
  const found = topicById(id);
  return found && {
    page: `topic-${id}`,
    role: 'category',
    topic: id,
    title: found.name,
    markup: html`
      <div class="wrap article-layout">
        <div>
          <nav class="crumbs" aria-label="Breadcrumb">
            <ol><li><a href="#/">Help</a></li><li aria-current="page">${found.name}</li></ol>
          </nav>
          <h1 class="topic-title"><span class="topic-icon">${icon(found.icon)}</span> ${found.name}</h1>
          <p class="lead">${found.note}</p>
          <ol class="results">
            ${articlesOn(id).map((article) => html`
              <li class="result">
                <h2><a href="#/article/${article.id}">${article.title}</a></h2>
                <p>${article.summary}</p>
                <p class="meta">${readingMinutes(article)} min to read · Updated ${article.updated}</p>
              </li>`)}
          </ol>
        </div>
        <div class="article-side">
          ${searchForm()}
          <section aria-labelledby="ask-title">
            <h2 id="ask-title" class="side-title">Not among them?</h2>
            <p><a href="#/contact?topic=${id}">Ask us about ${found.name.toLowerCase()}</a></p>
          </section>
        </div>
      </div>`,
    mount: mountSearchForm,
  };
};
