import MiniSearch from 'minisearch';
import { articles, plainText, topicName, translated } from './content/index.js';
import { keywords } from './content/keywords.js';

// Words of a question that say nothing about its subject. Without this "how do I …" would
// have to be found in every article, or match all of them.
const EMPTY_WORDS = new Set(
  'a an and are at be but by can cannot do does for from get have how i in is it me my not of on or our should that the this to was we what when where which who why will with you your'.split(' '),
);

const processTerm = (term) => {
  const word = term.toLowerCase();
  return EMPTY_WORDS.has(word) ? null : word;
};

const index = new MiniSearch({
  fields: ['title', 'keywords', 'headings', 'summary', 'topicName', 'text'],
  processTerm,
  searchOptions: {
    boost: { title: 6, keywords: 4, headings: 3, summary: 2, topicName: 2 },
    // All words must be found: an honest "nothing" helps more than seven articles about "the".
    combineWith: 'AND',
    prefix: (term) => term.length > 2,
    fuzzy: (term) => (term.length > 4 ? 0.2 : false),
  },
});

const headings = (body) => [...body.matchAll(/<h2>(.*?)<\/h2>/g)].map(([, text]) => text).join(' ');

index.addAll(
  articles.map(({ id, title, summary, topic, body }) => ({
    id,
    title,
    summary,
    keywords: keywords[id],
    headings: headings(body),
    topicName: topicName(topic),
    // In every language it is written in: whoever searches in one finds it.
    text: [body, translated(id)].map(plainText).join(' '),
  })),
);

/** Ids of the articles that answer the query, best first. Runs here; the query goes nowhere. */
export const find = (query) => index.search(query).map(({ id }) => id);
