import { account } from './account.js';
import { article } from './article.js';
import { contact } from './contact.js';
import { home } from './home.js';
import { importPeople } from './import.js';
import { notFound } from './not-found.js';
import { offers } from './offers.js';
import { planChange } from './plan-change.js';
import { pricing } from './pricing.js';
import { results } from './results.js';
import { status } from './status.js';
import { topic } from './topic.js';

/**
 * Each page takes a route and gives a view: `{ page, role, topic, readMs, title, markup, mount }`,
 * or nothing when the route names something that does not exist.
 */
export const pages = {
  home,
  topic,
  article,
  search: results,
  account,
  import: importPeople,
  pricing,
  'plan-change': planChange,
  contact,
  status,
  offers,
  notFound,
};
