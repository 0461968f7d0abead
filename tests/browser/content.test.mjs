// The help center as text: nothing leads nowhere, and both languages say everything.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { articleById, articles, articlesOn, plainText, popular, topics } from '../../www/src/site/content/index.js';
import { spanish } from '../../www/src/site/content/es.js';
import { en } from '../../www/src/help/words/en.js';
import { es } from '../../www/src/help/words/es.js';

const PAGES = new Set(['', 'search', 'account', 'import', 'pricing', 'plan-change', 'contact', 'status', 'offers']);

/** What is wrong with the links in a text. */
const strays = (body) => [...body.matchAll(/href="([^"]*)"/g)].map(([, href]) => href).filter((href) => {
  const [, page, id] = /^#\/([^/?]*)(?:\/([^?]*))?/.exec(href) ?? [];
  if (page === 'article') return !articleById(id);
  if (page === 'topic') return !topics.some((topic) => topic.id === id);
  return !PAGES.has(page);
});

test('no article leads to a page that does not exist, and each is worth opening', () => {
  assert.ok(articles.length >= 15);
  assert.equal(new Set(articles.map(({ id }) => id)).size, articles.length);
  for (const { id, body, next, topic, summary, solves } of articles) {
    assert.deepEqual(strays(body), [], id);
    assert.ok(next.length > 0 && next.every((other) => articleById(other) && other !== id), `${id} leads on to ${next}`);
    assert.ok(topics.some((known) => known.id === topic), `${id} is about ${topic}`);
    const words = plainText(body).split(' ').length;
    assert.ok(words >= 180 && words <= 500, `${id} has ${words} words`);
    assert.ok(summary.length <= 120 && solves > 0 && solves < 1000, id);
  }
  for (const { id } of topics) assert.ok(articlesOn(id).length >= 2, `too little about ${id}`);
  for (const id of popular) assert.ok(articleById(id), id);
});

test('what is translated is an article, and leads nowhere it should not', () => {
  for (const [id, { title, summary, body }] of Object.entries(spanish)) {
    assert.ok(articleById(id) && title && summary, id);
    assert.deepEqual(strays(body), [], id);
  }
});

test('whatever is said in one language is said in the other', () => {
  const places = (words, at = '') => Object.entries(words).flatMap(([key, value]) => (typeof value === 'object' ? places(value, `${at}/${key}`) : [`${at}/${key}: ${typeof value}`]));
  assert.deepEqual(places(es), places(en));
});
