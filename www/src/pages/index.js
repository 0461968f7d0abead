import { account } from './account.js';
import { article } from './article.js';
import { contact } from './contact.js';
import { home } from './home.js';
import { notFound } from './not-found.js';
import { planChange } from './plan-change.js';
import { pricing } from './pricing.js';
import { results } from './results.js';
import { status } from './status.js';

/**
 * Each page takes a route and gives a view: `{ page, role, topic, readMs, title, markup, mount }`,
 * or nothing when the route names something that does not exist.
 */
export const pages = {
  home,
  article,
  search: results,
  account,
  pricing,
  'plan-change': planChange,
  contact,
  status,
  notFound,
};
