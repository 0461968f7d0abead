// What people look at who want to know why: the drawer, its explanation, and the visit as a file.
import assert from 'node:assert/strict';
import { test } from 'node:test';
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
  assert.match(text, /Suggestions of a larger plan\s+not shown[\s\S]*We are still working on your case/);
  assert.doesNotMatch(text, /Customer asked|Readiness not proven/, 'staff words to a visitor');
  await context.close();
});

test('whoever switches offers off is offered nothing any more, and is told so', async () => {
  const { page, context } = await its.visit('new', '#/offers');
  await page.locator('#offer-help').click();
  await page.locator('#leave-said', { hasText: 'nothing is offered unless you ask' }).waitFor();
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
  assert.match(text, /Offer a person: /);
  assert.match(text, /Offer the assistant|Account manager/);
  assert.match(text, /customer presses|asks for a person|Offer a person$/im);
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
  await other.page.locator('.replaying').waitFor();
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
  await other.page.locator('#replay-problem', { hasText: 'cannot be replayed' }).waitFor();
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
    await page.locator('.replay-step', { hasText: /^\d+ of \d+: end/ }).waitFor({ timeout: 3000 });
    assert.ok(!(await page.locator('#replay-problem').isVisible()), path);
  }
  assert.deepEqual(problems, []);
  await context.close();
});
