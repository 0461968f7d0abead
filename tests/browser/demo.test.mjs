// What a visitor of the demo lives through, in a real Chromium, with real input.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { angryClicks, demo, go, offer, record, routeOf, said, settled } from './harness.mjs';

const its = demo();

test('angry clicking on a dead button brings a person or a chat within two seconds', async () => {
  const { page, context, problems } = await its.visit('new', '#/account');
  await angryClicks(page);
  const last = Date.now();
  await offer(page).waitFor({ timeout: 2000 });
  assert.ok(Date.now() - last <= 2000, 'the offer came too late');
  assert.match(await routeOf(page), /^(human|chatbot|specialist)$/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the offer stays once it is shown, and does not come back once it is closed', async () => {
  const { page, context } = await its.visit('new', '#/account');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2000 });
  const first = await routeOf(page);
  await page.waitForTimeout(4500);
  assert.equal(await routeOf(page), first, 'the dead-click verdict must not take the offer away');
  await page.locator('#offer [data-act=later]').click();
  await offer(page).waitFor({ state: 'detached', timeout: 1000 }).catch(() => {});
  assert.equal(await offer(page).count(), 0);
  await angryClicks(page);
  await settled(page);
  assert.equal(await offer(page).count(), 0, 'a closed offer came back');
  await context.close();
});

test('a reader of the right article is left alone', async () => {
  const { page, context } = await its.visit('new', '#/article/export-data');
  for (let y = 0; y < 6; y++) {
    await page.mouse.wheel(0, 250);
    await page.waitForTimeout(2800);
  }
  await page.locator('[data-vote=yes]').click();
  await settled(page);
  assert.equal(await offer(page).count(), 0);
  const story = await record(page);
  assert.ok(story.visit.events.some(({ type }) => type === 'articleProgress'), 'nothing was read');
  await context.close();
});

test('a control that works is no dead button, however often it is pressed', async () => {
  const { page, context } = await its.visit('new', '#/account');
  const toggle = page.locator('[data-toggle=published]');
  for (let i = 0; i < 6; i++) {
    await toggle.click();
    await page.waitForTimeout(120);
  }
  await page.waitForTimeout(5000);
  assert.equal(await offer(page).count(), 0);
  await context.close();
});

test('nothing about the visitor leaves the page', async () => {
  const { page, context, requests } = await its.visit('ready', '#/account');
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  await page.locator('#organisation input').first().fill('Quiet Harbour');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2000 });
  await go(page, '#/search?q=payroll');
  await page.locator('#drawer-toggle').click();
  await settled(page);
  for (const { url } of requests) assert.ok(url.startsWith(its.site.url) || url.startsWith('blob:'), `went to ${url}`);
  for (const { url, method, body } of requests.slice(loaded)) {
    assert.equal(method, 'GET', url);
    assert.equal(body, null, url);
    // Only the demo's own files, which say nothing: no query of the visitor's, no name, no answer.
    assert.match(new URL(url).pathname, /^\/(assets\/|policy\.tactful|favicon|manifest|icon-|worker\.js|$)/, url);
    assert.doesNotMatch(url, /payroll|Quiet/);
  }
  await context.close();
});

test('without WebAssembly the help center works, silently', async () => {
  const context = await its.browser.newContext();
  const page = await context.newPage();
  const uncaught = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await page.goto(its.at('#/article/export-data'));
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'failed');
  assert.ok(await page.locator('h1').isVisible());
  assert.deepEqual(uncaught, []);
  await context.close();
});

test('searching without finding leads to the article, and the article is the one about it', async () => {
  const { page, context } = await its.visit('new', '#/');
  for (const query of ['calendar late', 'calendar change late', 'shifts calendar wrong']) {
    await page.fill('#query', query);
    await page.keyboard.press('Enter');
    await page.waitForTimeout(1500);
  }
  await offer(page).waitFor({ timeout: 3000 });
  assert.equal(await routeOf(page), 'article');
  assert.match(await said(page), /See your shifts in your own calendar/);
  assert.match(await said(page), /You have already searched our help/, 'what was tried is named');
  await page.locator('#offer a[data-act=accept]').click();
  await page.locator('h1', { hasText: 'See your shifts' }).waitFor();
  await settled(page);
  assert.equal(await offer(page).count(), 0, 'who reads is left alone');
  await context.close();
});

test('the assistant answers from the articles, and what it cannot do goes to a person with the story', async () => {
  const { page, context, problems } = await its.visit('new', '#/account');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2000 });
  assert.equal(await routeOf(page), 'chatbot');
  await page.locator('#offer [data-act=accept]').click();
  await page.fill('#assistant-question', 'what is inside the export');
  await page.keyboard.press('Enter');
  await page.locator('.assistant-log a', { hasText: 'Export your rosters' }).waitFor();
  await page.fill('#assistant-question', 'zebra crossing');
  await page.keyboard.press('Enter');
  await page.locator('.assistant-log', { hasText: 'I will not guess' }).waitFor();
  await page.locator('#offer [data-act=unsolved]').click();
  await page.locator('#offer h2', { hasText: 'A person can take this now' }).waitFor({ timeout: 2000 });
  assert.match(await said(page), /You have already asked the assistant/);
  await page.locator('#offer [data-act=accept]').click();
  assert.match(await said(page), /You asked the assistant about “Your data”/, 'the person knows');
  assert.deepEqual(problems, []);
  await context.close();
});

test('a step that fails says so, keeps what was typed, and works when tried again', async () => {
  const { page, context, problems } = await its.visit('new', '#/import');
  await page.fill('#import-people', 'Noor Haddad, noor\n, jonas@harbour.example\nMara Lind, mara@harbour.example, 030 555');
  await page.locator('#import-form [type=submit]').click();
  const wrong = await page.locator('#import-problem').innerText();
  assert.match(wrong, /Line 1.*no e-mail address[\s\S]*Line 2.*name is missing[\s\S]*Line 3.*more than/, 'every line at once');
  const list = 'Noor Haddad, noor@harbour.example\nJonas Weber\nN. Haddad, NOOR@harbour.example';
  await page.fill('#import-people', list);
  // Whether the server answers is drawn by chance in the page; here the first draw is a failure, the second is not.
  await page.evaluate(() => { const draws = [0, 0.1, 0, 0.9]; Math.random = () => draws.shift() ?? 0.9; });
  await page.locator('#import-form [type=submit]').click();
  await page.locator('#import-note', { hasText: 'did not answer' }).waitFor({ timeout: 3000 });
  assert.equal(await page.locator('#import-people').inputValue(), list);
  await page.locator('#import-form [type=submit]').click();
  await page.locator('#import-done').waitFor({ timeout: 3000 });
  assert.match(await page.locator('#import-done').innerText(), /2 people were added[\s\S]*One address is in your list twice, and was added once/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('a person asked for while the assistant is open comes at once, and the assistant is over', async () => {
  const { page, context } = await its.visit('new', '#/account');
  await angryClicks(page);
  await page.locator('#offer [data-act=accept]').click({ timeout: 2500 });
  await page.locator('#assistant-question').waitFor();
  await go(page, '#/contact');
  await page.locator('#ask-person').click();
  await page.locator('#offer h2', { hasText: 'A person can take this now' }).waitFor({ timeout: 2500 });
  const { history } = await record(page);
  assert.deepEqual(history.filter(({ type }) => type === 'contact').map(({ step }) => step), ['started', 'ended']);
  await context.close();
});

// By day the date of the call moves on with the clock; at night it stands still, and nothing is decided anew.
for (const [when, time] of [['by day', new Date('2026-11-20T10:00:00Z')], ['at night', new Date('2026-11-22T20:30:00Z')]])
  test(`an arranged call is arranged when the form is sent, and not before, ${when}`, async () => {
    const { page, context } = await its.visit('new', '#/contact', { time });
    await page.locator('#ask-callback').click();
    await page.locator('#offer a[data-act=accept]').click({ timeout: 2500 });
    await page.locator('#handoff-form').waitFor();
    await page.fill('#handoff-answer', '------');
    await page.locator('#handoff-form [type=submit]').click();
    assert.ok(await page.locator('#handoff-problem').isVisible(), 'no digits, no number');
    // Left without sending: nobody is on it, so the offer is still there and trouble is still heard.
    await go(page, '#/account');
    await page.locator('#export-data').waitFor();
    await angryClicks(page);
    await offer(page).waitFor({ timeout: 2500 });
    const story = await record(page);
    assert.ok(!story.history.some(({ type, step }) => type === 'touch' && step === 'accepted'), 'nothing was accepted');
    await context.close();
  });

test('a quote asked for and left behind does not stand before help', async () => {
  const { page, context } = await its.visit('openCase', '#/pricing');
  await page.locator('#ask-quote').click();
  await page.locator('#offer h2', { hasText: 'Your quote' }).waitFor({ timeout: 2500 });
  await go(page, '#/account');
  await page.locator('#export-data').waitFor();
  await angryClicks(page);
  await page.waitForFunction(() => ['chatbot', 'human', 'specialist'].includes(document.querySelector('#offer').dataset.route), null, { timeout: 2500 });
  await context.close();
});

test('who orders a larger plan by themselves is not offered somebody who sells it', async () => {
  const { page, context } = await its.visit('new', '#/pricing');
  await page.locator('a[href="#/plan-change?to=tapestry"]').click();
  assert.ok(await page.locator('input[value=tapestry]').isChecked(), 'the plan that was chosen');
  await page.locator('#plan-form [type=submit]').click();
  await page.locator('#book').waitFor();
  await settled(page);
  assert.equal(await offer(page).count(), 0);
  // Another choice is another review.
  await page.locator('input[value=weave]').check();
  assert.equal(await page.locator('#book').count(), 0);
  await context.close();
});

test('"don’t offer help here again" is confirmed, kept through a reload, and does not take away what is under way', async () => {
  const { page, context } = await its.visit('new', '#/account');
  await angryClicks(page);
  await page.locator('#offer [data-act=never]').click({ timeout: 2500 });
  assert.match(await said(page), /Nothing is offered any more unless you ask/, 'it is said where it was pressed');
  assert.match(await page.locator('#offer-status').textContent(), /Nothing is offered any more/, 'and spoken');
  await page.reload();
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
  await angryClicks(page);
  await settled(page);
  assert.equal(await offer(page).count(), 0, 'forgotten');
  await go(page, '#/contact');
  await page.locator('#ask-person').click();
  await page.locator('#offer [data-act=accept]').click({ timeout: 2500 });
  await settled(page);
  assert.match(await said(page), /A person is on the way/, 'what was asked for stays');
  await page.locator('#offer [data-act=close]').click();
  await go(page, '#/offers');
  assert.match(await page.locator('#offers-now').innerText(), /You switched offers off/);
  await page.locator('#offer-help').click();
  assert.match(await page.locator('#leave-said').innerText(), /with the next one, help may be offered again/);
  await page.goto('about:blank');
  await page.goto(its.at('#/account'));
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
  await context.close();
});

test('on a phone the card folds to its heading over what one works on, and opens when pressed', async () => {
  const { page, context } = await its.visit('new', '#/account', { viewport: { width: 390, height: 640 } });
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
  await page.locator('#export-data').focus();
  await page.evaluate(() => document.querySelector('#export-data').scrollIntoView({ block: 'end' }));
  await page.locator('#offer[data-place=folded]').waitFor({ timeout: 2500 });
  await page.mouse.move(5, 5);
  const heading = await page.locator('#offer h2').boundingBox();
  assert.ok(heading.height > 15 && heading.y + heading.height <= 640, 'its heading can be read');
  assert.ok((await page.locator('#offer').boundingBox()).height < 120);
  await page.locator('#offer h2').click();
  await page.locator('#offer[data-place=end]').waitFor();
  assert.ok(await page.locator('#offer [data-act=later]').isVisible());
  await context.close();
});

test('what people call things leads to the article that calls them otherwise', async () => {
  const { page, context } = await its.visit('new', '#/');
  for (const [words, title] of [['login', 'When you cannot sign in'], ['2fa', 'Turn on two-step sign-in'], ['refund', 'Understand your invoice'], ['cancel subscription', 'Change or cancel your plan'], ['swaping', 'Let people swap shifts'], ['upload csv', 'Bring your people in from a list'], ['exportar turnos', 'Export your rosters and hours']]) {
    await go(page, `#/search?q=${encodeURIComponent(words)}`);
    await page.locator('.count', { hasText: words }).waitFor();
    assert.equal(await page.locator('.result a').first().innerText(), title, words);
  }
  await context.close();
});

test('without the policy the help center works, and only the drawer says what is wrong', async () => {
  const context = await its.browser.newContext({ serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route('**/policy.tactful', (route) => route.fulfill({ status: 404, body: '' }));
  await page.goto(its.at('#/account'));
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'failed');
  await page.locator('#export-data').waitFor();
  await page.locator('#drawer-toggle').click();
  assert.match(await page.locator('.drawer-state').innerText(), /The engine did not start/);
  await context.close();
});

