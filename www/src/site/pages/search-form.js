import { html } from '../dom.js';

export const QUERY_MOST = 120;

/** The one search form, large on the home page and small elsewhere. */
export const searchForm = (query = '', size = 'small') => html`
  <form class="search search-${size}" role="search" autocomplete="off">
    <label class="search-label" for="query">Search the articles</label>
    <div class="search-row">
      <input id="query" name="query" type="search" value="${query}" placeholder="${size === 'large' ? 'For example: swap a shift' : ''}" enterkeyhint="search" maxlength="${QUERY_MOST}" />
      <button class="button button-strong" type="submit">Search</button>
    </div>
  </form>`;

export const mountSearchForm = (root) => {
  root.querySelector('form.search').addEventListener('submit', (event) => {
    event.preventDefault();
    const field = event.currentTarget.elements.query;
    const query = field.value.trim();
    if (query === '') field.focus();
    else location.hash = `#/search?q=${encodeURIComponent(query)}`;
  });
};
