import { setup } from './setup.js';
import { rosters } from './rosters.js';
import { calendar } from './calendar.js';
import { exporting } from './export.js';
import { billing } from './billing.js';
import { seats } from './seats.js';

/** Topics are the matters the engine speaks of; the ids are the same words. */
export const topics = [
  { id: 'setup', name: 'Getting started', note: 'The first roster, the first people.' },
  { id: 'rosters', name: 'Rosters and shifts', note: 'Publishing, changing, swapping.' },
  { id: 'calendar', name: 'Calendars', note: 'Shifts on phones and in other calendars.' },
  { id: 'seats', name: 'People and seats', note: 'Roles, and room for more people.' },
  { id: 'billing', name: 'Billing', note: 'Invoices, tax, part months.' },
  { id: 'export', name: 'Your data', note: 'Take everything with you.' },
];

const WORDS_A_MINUTE = 220;

/** The text of an article without its markup: for the search index and the reading time. */
export const plainText = (body) =>
  body.replace(/<[^>]+>/g, ' ').replace(/&\w+;/g, ' ').replace(/\s+/g, ' ').trim();

const withReadingTime = (article) => {
  const words = plainText(article.body).split(' ').length;
  return { ...article, expectedReadMs: Math.round((words / WORDS_A_MINUTE) * 60) * 1000 };
};

export const articles = [...setup, ...rosters, ...calendar, ...seats, ...billing, ...exporting].map(
  withReadingTime,
);

export const articleById = (id) => articles.find((article) => article.id === id);
export const articlesOn = (topic) => articles.filter((article) => article.topic === topic);
export const topicName = (id) => topics.find((topic) => topic.id === id)?.name ?? id;
export const readingMinutes = (article) => Math.max(1, Math.round(article.expectedReadMs / 60_000));
