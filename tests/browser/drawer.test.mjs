// What people look at who want to know why: the drawer, its explanation, and the visit as a file.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { test } from 'node:test';
import { story as decide } from '../../pkg/studio-node.js';
import { angryClicks, closeDrawer, demo, go, offer, openDrawer, record } from './harness.mjs';

const its = demo();

const texts = (page, selector) => page.locator(selector).allInnerTexts();

test('signals appear as they fire, and contributions add up to the score', async () => {
  const { page, context } = await its.visit('new', '#/account');
  await openDrawer(page);
  assert.match(await page.locator('.see-signals').innerText(), /No signal yet/);
  assert.equal(await page.locator('[data-score=friction] .score-points').innerText(), '0 · low');
  await angryClicks(page);
  await page.locator('.signal-kind', { hasText: /rage click/i }).waitFor({ timeout: 2000 });
  await page.locator('.see-route code', { hasText: 'chatbot' }).waitFor({ timeout: 2000 });
  // That the offer came is no answer of the button.
  await page.locator('.signal-kind', { hasText: /dead click/i }).waitFor({ timeout: 6000 });
  const points = Number.parseInt(await page.locator('[data-score=urgency] .score-points').innerText(), 10);
  const parts = (await texts(page, '[data-score=urgency] .part-points')).map(Number);
  assert.ok(points > 0);
  assert.equal(parts.reduce((sum, part) => sum + part, 0), points);
  await context.close();
});

test('effort is shown with what it is made of, and every guard with what it holds back', async () => {
  const { page, context } = await its.visit('calledTwice', '#/account');
  await openDrawer(page);
  assert.match(await page.locator('[data-score=effort] .score-points').innerText(), /points · .*phone/);
  const parts = await texts(page, '[data-score=effort] .part-name');
  for (const name of ['repeat contact', 'transfer cold', 'wait']) assert.ok(parts.some((part) => part.toLowerCase() === name), `${name} in ${parts}`);
  await page.locator('.all-guards summary').click();
  const guards = await page.locator('.all-guards li').evaluateAll((items) => Object.fromEntries(items.map((item) => [item.dataset.guard, item.innerText])));
  assert.ok(Object.keys(guards).length >= 19);
  assert.match(guards.consent, /no objection/);
  assert.match(guards.readiness, /holds back pitch/);
  await context.close();
});

test('staff read the staff’s words, the visitor the visitor’s, and both say why there is silence', async () => {
  const { page, context } = await its.visit('openCase', '#/pricing');
  await openDrawer(page);
  assert.match(await page.locator('[data-purpose=pitch]').innerText(), /A case is open, reopened or in its cooling time/);
  assert.match(await page.locator('.see-visitor').innerText(), /Why am I not offered anything\?\s+Nothing suggests that you need help/);
  await closeDrawer(page);
  await go(page, '#/offers');
  await page.locator('#offers-kinds li').first().waitFor();
  const text = await page.locator('main').innerText();
  assert.match(text, /Right now nothing is offered to you/);
  assert.match(text, /Suggestions of a larger plan\s+not now[\s\S]*We are still working on your case/);
  assert.doesNotMatch(text, /Customer asked|Readiness not proven/, 'staff words to a visitor');
  await context.close();
});

test('whoever switches offers off is offered nothing any more, and is told so', async () => {
  const { page, context } = await its.visit('new', '#/offers');
  await page.locator('#offer-help').click();
  await page.locator('#leave-said', { hasText: 'Nothing is offered any more unless you ask' }).waitFor();
  await go(page, '#/account');
  await page.locator('#export-data').waitFor();
  await angryClicks(page);
  await page.waitForTimeout(2500);
  assert.equal(await offer(page).count(), 0);
  // Whoever asks is answered.
  await go(page, '#/contact');
  await page.locator('#ask-person').click();
  await offer(page).waitFor({ timeout: 2500 });
  await context.close();
});

test('an explanation says why the others lost and what would change it', async () => {
  const { page, context, problems } = await its.visit('openCase', '#/pricing');
  await openDrawer(page);
  await page.locator('#explain').click();
  await page.locator('.see-found h4', { hasText: 'It would be otherwise' }).waitFor({ timeout: 15_000 });
  const text = await page.locator('.see-found').innerText();
  assert.match(text, /Account manager: A case is open, reopened or in its cooling time/);
  assert.match(text, /without case .*C-2041.*: Account manager|case.*resolved|without/i);
  // What is explained is what is shown: another visit has no explanation yet.
  await page.locator('#replay-recorded').selectOption({ index: 1 });
  await page.locator('.replaying').waitFor();
  await page.locator('.see-found').filter({ hasNotText: /./ }).waitFor({ state: 'attached' });
  assert.deepEqual(problems, []);
  await context.close();
});

test('a visit is downloaded as a story, replayed from the file, and decided the same', async () => {
  const { page, context, problems } = await its.visit('openCase', '#/account');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
  const route = await page.locator('#offer').getAttribute('data-route');
  const story = await record(page);
  assert.ok(story.visit.events.filter(({ type }) => type === 'click').length >= 5);
  assert.ok(story.history.some(({ type }) => type === 'case'));
  await context.close();

  // Somebody else, later, in another browser.
  const other = await its.visit('new', '#/');
  await openDrawer(other.page);
  await other.page.locator('#replay-file').setInputFiles({ name: 'visit.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(story)) });
  await other.page.locator('.replaying').waitFor({ timeout: 10_000 });
  assert.equal(await other.page.locator('.see-route code').innerText(), route);
  assert.ok((await texts(other.page, '.replay-turns li')).some((turn) => turn.includes('Stay silent')), 'before the trouble');
  // Back to the beginning: nothing had happened yet.
  await other.page.locator('#replay-at').fill('0');
  await other.page.locator('.see-route code', { hasText: 'none' }).waitFor();
  assert.equal(await other.page.locator('.signal').count(), 0);
  await other.page.locator('#replay-end').click();
  assert.ok(!(await other.page.locator('.replaying').isVisible()));
  // A file that is no story says so, and nothing changes.
  await other.page.locator('#replay-file').setInputFiles({ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('{"name": 1}') });
  await other.page.locator('#replay-problem', { hasText: 'cannot be replayed' }).waitFor({ timeout: 10_000 });
  assert.deepEqual([...problems, ...other.problems], []);
  await other.context.close();
});

test('recorded visits come with the demo and play', async () => {
  const { page, context, problems } = await its.visit('new', '#/');
  await openDrawer(page);
  const select = page.locator('#replay-recorded');
  const recorded = await select.locator('option').evaluateAll((options) => options.map(({ value }) => value).filter(Boolean));
  assert.ok(recorded.length >= 8, `${recorded.length} recorded visits`);
  for (const path of recorded) {
    await select.selectOption(path);
    await page.locator('.replay-name', { hasText: /^Recorded/ }).waitFor({ timeout: 10_000 });
    await page.locator('.replay-step', { hasText: /^\d+ of \d+: end/ }).waitFor({ timeout: 10_000 });
    assert.ok(!(await page.locator('#replay-problem').isVisible()), path);
  }
  assert.deepEqual(problems, []);
  await context.close();
});

/** What the drawer shows of a decision, in the shape of the decision itself. */
const shownDecision = (page) => page.evaluate(() => ({
  route: document.querySelector('.see-route code').textContent,
  because: [...document.querySelectorAll('.see-decision .see-because code')].map(({ textContent }) => textContent),
  blockers: Object.fromEntries([...document.querySelectorAll('.guards > [data-purpose]')].map((item) => [item.dataset.purpose, [...item.querySelectorAll('code')].map(({ textContent }) => textContent)])),
}));
const partsOf = ({ route, because, verdicts }) => ({
  route,
  because: because.map(({ code }) => code),
  blockers: Object.fromEntries(Object.entries(verdicts).map(([purpose, { blockers }]) => [purpose, blockers.map(({ code }) => code)])),
});

async function replayFile(page, story) {
  await openDrawer(page);
  await page.locator('#replay-file').setInputFiles({ name: 'story.json', mimeType: 'application/json', buffer: Buffer.from(JSON.stringify(story)) });
  await page.locator('.replay-name', { hasText: story.name }).waitFor({ timeout: 10_000 });
  await page.locator('.replay-step', { hasText: /: end/ }).waitFor();
  // Its picture comes with the next frame.
  await page.locator('.see-engine', { hasText: story.policy?.id ?? 'starter' }).waitFor();
}

test('a story decides here what it decides in Node, whoever looks at it, by its own policy and with its own moment', async () => {
  const read = async (name) => JSON.parse(await readFile(new URL(`../../examples/stories/${name}.json`, import.meta.url), 'utf8'));
  const searching = await read('recorded-searching-for-an-article');
  const stories = [
    await read('recorded-spanish'),
    // No article at hand at the end: then it is another way.
    { ...searching, xMoments: undefined, moment: { ...searching.moment, articles: [] } },
    // A policy of its own, times as texts, a zone by its name.
    { ...(await read('called-mailed-called')), policy: { id: 'other', version: '9', routes: { thresholds: { offerHelp: 250 } } } },
  ];
  const { page, context, problems } = await its.visit('calledTwice', '#/pricing');
  for (const story of stories) {
    await replayFile(page, JSON.parse(JSON.stringify(story)));
    const { decision } = await decide(JSON.parse(JSON.stringify(story)));
    assert.deepEqual(await shownDecision(page), partsOf(decision), story.name);
    assert.ok((await page.locator('.see-engine').innerText()).includes(`Policy ${decision.policy.id} ${decision.policy.version}`));
  }
  assert.deepEqual(problems, []);
  await context.close();
});

test('a replay shows what was known then, not what was known at the end', async () => {
  const { page, context } = await its.visit('calledTwice', '#/account');
  await page.locator('#offer [data-act=accept]').click({ timeout: 3000 });
  await openDrawer(page);
  await page.locator('#replay-this').click();
  await page.locator('.replay-turns li').first().waitFor({ timeout: 10_000 });
  const turns = await texts(page, '.replay-turns li');
  assert.ok(turns.some((turn) => turn.includes('Offer a specialist')), `the offer before it was accepted: ${turns}`);
  await context.close();
});

test('whatever goes wrong in the engine is said in the drawer and nowhere else', async () => {
  const { page, context } = await its.visit('new', '#/');
  await page.evaluate(() => document.dispatchEvent(new CustomEvent('tactful:error', { detail: { code: 'UNWATCHED', message: 'changes of this document are not told' } })));
  await openDrawer(page);
  await page.locator('.drawer-state', { hasText: 'Something went wrong' }).waitFor({ timeout: 2500 });
  assert.doesNotMatch(await page.locator('.page').innerText(), /went wrong/);
  await context.close();
});
