import { access } from './access.js';
import { billing } from './billing.js';
import { calendar } from './calendar.js';
import { spanish, spanishTopics } from './es.js';
import { exporting } from './export.js';
import { hours } from './hours.js';
import { rosters } from './rosters.js';
import { seats } from './seats.js';
import { setup } from './setup.js';

/** Topics are the matters the engine speaks of; the ids are the same words. */
export const topics = [
  { id: 'setup', name: 'Getting started', note: 'The first roster, the first people.', icon: 'start' },
  { id: 'rosters', name: 'Rosters and shifts', note: 'Planning, publishing, changing, swapping.', icon: 'roster' },
  { id: 'hours', name: 'Hours and payroll', note: 'From planned to worked to paid.', icon: 'clock' },
  { id: 'calendar', name: 'Calendars and messages', note: 'Shifts on phones, and who is told when.', icon: 'calendar' },
  { id: 'seats', name: 'People and seats', note: 'Roles, planners, room for more.', icon: 'people' },
  { id: 'access', name: 'Signing in', note: 'Links, second steps, new phones.', icon: 'key' },
  { id: 'billing', name: 'Plans and invoices', note: 'Moving up, moving down, leaving.', icon: 'invoice' },
  { id: 'export', name: 'Your data', note: 'Take it with you, or have it deleted.', icon: 'box' },
];

const WORDS_A_MINUTE = 220;

/** The text of an article without its markup: for the search index and the reading time. */
export const plainText = (body) =>
  body.replace(/<[^>]+>/g, ' ').replace(/&\w+;/g, ' ').replace(/\s+/g, ' ').trim();

const withReadingTime = (article) => {
  const words = plainText(article.body).split(' ').length;
  return { ...article, expectedReadMs: Math.round((words / WORDS_A_MINUTE) * 60) * 1000 };
};

export const articles = [...setup, ...rosters, ...hours, ...calendar, ...seats, ...access, ...billing, ...exporting].map(
  withReadingTime,
);

/** Asked for most often this month; a real help center would count, this one was told. */
export const popular = ['export-data', 'calendar-sync', 'fill-open-shift', 'swap-shifts', 'read-invoice', 'sign-in-trouble'];

export const articleById = (id) => articles.find((article) => article.id === id);
export const articlesOn = (topic) => articles.filter((article) => article.topic === topic);
export const topicById = (id) => topics.find((topic) => topic.id === id);
export const topicName = (id) => topicById(id)?.name ?? id;
export const readingMinutes = (article) => Math.max(1, Math.round(article.expectedReadMs / 60_000));

/** The name of a topic in a language, where it has one; in English otherwise. */
export const topicIn = (id, language) => (language === 'es' && spanishTopics[id]) || topicName(id);

export const isTranslated = (id, language) => language === 'es' && Object.hasOwn(spanish, id);

/** An article in a language, where it exists in it; in English otherwise. `language` says which it became. */
export const articleIn = (article, language) =>
  isTranslated(article.id, language) ? { ...article, ...spanish[article.id], language } : { ...article, language: 'en' };

/** The whole text of a translation, for the search; nothing where there is none. */
export const translated = (id) => {
  const { title = '', summary = '', body = '' } = spanish[id] ?? {};
  return `${title} ${summary} ${body}`;
};
