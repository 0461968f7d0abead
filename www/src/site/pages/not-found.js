import { html } from '../dom.js';
import { mountSearchForm, searchForm } from './search-form.js';

export const notFound = () => ({
  page: 'not-found',
  role: 'other',
  title: 'Not found',
  markup: html`
    <div class="wrap narrow">
      <h1>This page does not exist</h1>
      <p class="lead">The address may be old or mistyped. The articles are all still there.</p>
      ${searchForm()}
      <p><a href="#/">All articles</a></p>
    </div>`,
  mount: mountSearchForm,
});
