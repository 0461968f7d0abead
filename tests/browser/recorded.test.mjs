// Visits made in a real Chromium, kept as stories: `RECORD=1` writes them anew.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { test } from 'node:test';
import { story as decide } from '../../pkg/studio-node.js';
import { angryClicks, demo, go, offer, record } from './harness.mjs';

const its = demo();

async function searches(page, ...queries) {
  for (const query of queries) {
    await page.fill('#query', query);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1800);
  }
}

const RECORDINGS = [
  ['dead-button', 'Recorded: angry clicks on the export button', 'new', '#/', async (page) => {
    await page.locator('a[href="#/account"]').first().click();
    await page.waitForTimeout(1200);
    await angryClicks(page, 6);
    await offer(page).waitFor({ timeout: 2000 });
  }, { route: ['human', 'chatbot'], cites: ['friction'], pitch: false }],

  ['reader', 'Recorded: reading the article on exports', 'new', '#/article/export-data', async (page) => {
    for (let i = 0; i < 8; i++) {
      await page.mouse.wheel(0, 250);
      await page.waitForTimeout(2800);
    }
    await page.locator('[data-vote=yes]').click();
    await page.waitForTimeout(500);
  }, { route: 'none', cites: ['good_article'] }],

  ['open-case', 'Recorded: looking at prices with a case open', 'openCase', '#/pricing', async (page) => {
    await page.waitForTimeout(1500);
    await page.locator('main a[href^="#/plan-change"]').first().click();
    await page.waitForTimeout(1500);
  }, { route: 'none', pitch: false, cites: ['open_case'] }],

  ['ready', 'Recorded: looking at prices, ready for more', 'ready', '#/pricing', async (page) => {
    await page.locator('[data-offer=pitch]').waitFor({ timeout: 3000 });
    await page.waitForTimeout(500);
  }, { route: 'accountManager', pitch: true }],

  ['searching', 'Recorded: two searches that find nothing', 'new', '#/', (page) => searches(page, 'payslip app', 'salary slip download'),
    { route: ['chatbot', 'human'], cites: ['friction'] }],

  ['searching-for-an-article', 'Recorded: three searches, and the article not opened', 'new', '#/', async (page) => {
    await searches(page, 'calendar late', 'calendar change late', 'shifts calendar wrong');
    await offer(page).waitFor({ timeout: 3000 });
  }, { route: 'article', cites: ['friction'] }],

  ['form-struggle', 'Recorded: a list of people that will not go through, on the third day', 'onboarding', '#/import', async (page) => {
    await page.fill('#import-people', 'Noor Haddad, noor');
    for (let i = 0; i < 2; i++) {
      await page.locator('#import-form [type=submit]').click();
      await page.waitForTimeout(900);
    }
    await offer(page).waitFor({ timeout: 3000 });
  }, { route: ['human', 'chatbot'], cites: ['friction', 'onboarding_window'], pitch: false }],

  ['called-twice', 'Recorded: called twice, and nobody called back', 'calledTwice', '#/account', async (page) => {
    await offer(page).waitFor({ timeout: 3000 });
    await page.waitForTimeout(800);
  }, { route: ['human', 'specialist'], cites: ['repeat_contact'], handoffHas: ['timeline', 'tried', 'phone'] }],

  ['outage', 'Recorded: angry clicks in an outage that is known', 'outage', '#/account', async (page) => {
    await angryClicks(page);
    await offer(page).waitFor({ timeout: 2500 });
  }, { route: 'status', cites: ['known_outage'], pitch: false }],

  ['broken-promise', 'Recorded: the account opened a day after a promise was broken', 'brokenPromise', '#/account', async (page) => {
    await offer(page).waitFor({ timeout: 3000 });
    await page.waitForTimeout(800);
  }, { route: ['human', 'specialist'], cites: ['broken_promise'], pitch: false, survey: false }],

  ['spanish', 'Recorded: a Spanish speaker, an English desk, and a specialist who speaks both', 'spanish', '#/contact?topic=export', async (page) => {
    await page.locator('#ask-person').click();
    await offer(page).waitFor({ timeout: 2500 });
    await page.waitForTimeout(500);
  }, { route: 'specialist', cites: ['asked_for_person'] }],

  ['no-consent', 'Recorded: never asked for permission, and in trouble', 'noConsent', '#/pricing', async (page) => {
    await page.waitForTimeout(1200);
    await go(page, '#/account');
    await page.locator('#export-data').waitFor();
    await angryClicks(page);
    await offer(page).waitFor({ timeout: 2500 });
  }, { route: ['human', 'chatbot'], pitch: false, survey: false, cites: ['unknown_consent', 'friction'] }],
];

const place = (slug) => new URL(`../../examples/stories/recorded-${slug}.json`, import.meta.url);

for (const [slug, name, situation, hash, act, expect] of RECORDINGS)
  test(name, async () => {
    const { page, context, problems } = await its.visit(situation, hash);
    await act(page);
    const story = await record(page);
    assert.ok(story.visit.events.length > 0, 'nothing was recorded');
    assert.equal(story.visit.events[0].type, 'pageView');
    assert.deepEqual(problems, []);
    // The visit of this minute, decided from its file.
    assert.deepEqual((await decide({ ...story, expect })).differences, []);
    if (process.env.RECORD) await writeFile(place(slug), `${JSON.stringify({ ...story, name, expect }, null, 1)}\n`);
    // What is kept is such a visit: the same person, doing the same kind of things.
    const kept = JSON.parse(await readFile(place(slug), 'utf8'));
    const kinds = ({ visit: { events } }) => [...new Set(events.map(({ type }) => type).filter((type) => ['pageView', 'click', 'search', 'form', 'wish', 'vote'].includes(type)))].sort();
    assert.deepEqual(kinds(kept), kinds(story));
    await context.close();
  });
