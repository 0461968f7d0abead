// Chat is offered only while somebody can take it, and who is handed over does not begin again: what
// is known is filled in, and at most one thing is asked.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { closeDrawer, demo, offer, openDrawer } from './harness.mjs';

const its = demo();

async function askForPerson(page) {
  await page.locator('#ask-person').click();
  await offer(page).waitFor({ timeout: 2000 });
}

async function closeDesk(page) {
  await openDrawer(page);
  await page.locator('#desk').click();
  await closeDrawer(page);
}

test('a live conversation is offered while somebody is there, and a date while nobody is', async () => {
  const { page, context } = await its.visit('new', '#/contact');
  await askForPerson(page);
  assert.match(await page.locator('#offer').innerText(), /can take this now/);
  await closeDesk(page);
  // The conversation may not stay on the screen as if somebody were waiting.
  await page.waitForFunction(() => /is here right now/.test(document.querySelector('#offer').innerText), null, { timeout: 4000 });
  assert.doesNotMatch(await page.locator('#offer').innerText(), /can take this now|Start/);
  const until = await page.locator('#offer').innerText();
  assert.match(until, /By \w{3} \d|By today/, 'a dated promise');
  await context.close();
});

test('the form of a handover opens prefilled and asks for one thing at most', async () => {
  // Nothing is known of this visitor but the visit: one question.
  const { page, context, problems } = await its.visit('new', '#/article/export-data');
  await closeDesk(page);
  await page.locator('a[href^="#/contact"]').first().click();
  await askForPerson(page);
  await page.locator('#offer a[data-act=accept]').click();
  const form = page.locator('#handoff-form');
  await form.waitFor({ timeout: 2000 });
  assert.equal(await form.locator('input, textarea, select').count(), 1, 'more than one question');
  assert.match(await form.locator('label').innerText(), /e-mail/i);
  // Sent empty, it says what is wrong and keeps the focus there.
  await form.locator('button[type=submit]').click();
  assert.ok(await form.locator('#handoff-problem').isVisible());
  await form.locator('input').fill('mara@example.org');
  await form.locator('button[type=submit]').click();
  await page.locator('#handoff-done').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('of a known customer nothing is asked that they have answered before', async () => {
  const { page, context } = await its.visit('ready', '#/contact?topic=export');
  await closeDesk(page);
  await askForPerson(page);
  await page.locator('#offer a[data-act=accept]').click();
  const form = page.locator('#handoff-form');
  await form.waitFor({ timeout: 2000 });
  assert.equal(await form.locator('input, textarea, select').count(), 0, 'asked what is known');
  const text = await form.innerText();
  assert.match(text, /mara@quiet-harbour\.example/);
  assert.match(text, /Topic/);
  await form.locator('button[type=submit]').click();
  await page.locator('#handoff-done').waitFor();
  await context.close();
});

test('who asked for a call is asked for the number, once', async () => {
  const { page, context } = await its.visit('new', '#/contact');
  await page.locator('#ask-callback').click();
  await offer(page).waitFor({ timeout: 2000 });
  await page.locator('#offer a[data-act=accept]').click();
  const form = page.locator('#handoff-form');
  await form.waitFor({ timeout: 2000 });
  assert.equal(await form.locator('input').getAttribute('type'), 'tel');
  await form.locator('input').fill('+49 30 1234567');
  await form.locator('button[type=submit]').click();
  await page.locator('#handoff-done').waitFor();
  // Asked again in the same visit: the number is known by now, and nobody is asked twice.
  await page.locator('a[href^="#/contact"]').first().click();
  await page.locator('#ask-callback').click();
  await offer(page).waitFor({ timeout: 2000 });
  await page.locator('#offer a[data-act=accept]').click();
  await form.waitFor({ timeout: 2000 });
  assert.equal(await form.locator('input[type=tel]').count(), 0, 'asked for the number twice');
  assert.ok(await form.locator('input').count() <= 1);
  await context.close();
});
