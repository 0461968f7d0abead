// Each visitor of the demo: what has to appear for them, and what must not.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { angryClicks, blockers, closeDrawer, demo, go, offer, openDrawer, routeOf, said, settled } from './harness.mjs';

const its = demo();
const HELP = /^(human|chatbot|specialist)$/;

async function noPitchOn(page, ...hashes) {
  for (const hash of hashes) {
    await go(page, hash);
    await settled(page);
    assert.equal(await page.locator('[data-offer=pitch]').count(), 0, `pitched on ${hash}`);
  }
}

async function trouble(page) {
  await go(page, '#/account');
  await page.locator('#export-data').waitFor();
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
}

/** What comes of asking on the contact page, as the offer says it. */
async function ask(page, what) {
  await page.locator(`#ask-${what}`).click();
  await offer(page).waitFor({ timeout: 2500 });
  return said(page);
}

test('ready to expand: the larger plan is suggested once, with a promise, and no weighs as much as not now', async () => {
  const { page, context, problems } = await its.visit('ready', '#/pricing');
  const pitch = page.locator('[data-offer=pitch]');
  await pitch.waitFor({ timeout: 3000 });
  assert.match(await said(page), /By \w{3} \d|By today/, 'no promise with a date');
  assert.match(await said(page), /gets in touch by the time shown/);
  const [later, never] = await Promise.all(['later', 'never'].map((act) => page.locator(`#offer [data-act=${act}]`).boundingBox()));
  assert.deepEqual([Math.round(later.width), Math.round(later.height)], [Math.round(never.width), Math.round(never.height)]);
  await page.locator('#offer summary').click();
  assert.match(await said(page), /What you did yourself shows that more would help you/);
  await page.locator('#offer [data-act=later]').click();
  await noPitchOn(page, '#/', '#/contact', '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('offer_dismissed') || (await blockers(page, 'pitch')).includes('frequency_cap'));
  assert.deepEqual(problems, []);
  await context.close();
});

test('an open case: nothing is sold on any page, and help with the trouble comes', async () => {
  const { page, context } = await its.visit('openCase', '#/pricing');
  await noPitchOn(page, '#/', '#/plan-change', '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('open_case'));
  await closeDrawer(page);
  await trouble(page);
  assert.match(await routeOf(page), HELP, 'help is not withheld');
  assert.match(await said(page), /Your case C-2041 about this is open/);
  assert.match(await page.locator('main').innerText(), /Your case C-2041 is open about “Your data”/);
  await context.close();
});

test('onboarding, day 3: a form that will not go through brings help, and nothing is sold', async () => {
  const { page, context } = await its.visit('onboarding', '#/import');
  await page.fill('#import-people', 'Noor Haddad, noor');
  for (let i = 0; i < 2; i++) {
    await page.locator('#import-form [type=submit]').click();
    await page.waitForTimeout(900);
  }
  await offer(page).waitFor({ timeout: 3000 });
  assert.match(await routeOf(page), HELP);
  assert.match(await said(page), /had trouble with a form/);
  await page.locator('#offer [data-act=later]').click();
  await noPitchOn(page, '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('onboarding_window'));
  await context.close();
});

test('renewed last week: silence about plans, and the drawer says until when', async () => {
  const { page, context } = await its.visit('renewed', '#/pricing');
  await noPitchOn(page, '#/pricing', '#/plan-change');
  assert.equal(await offer(page).count(), 0, 'anything at all');
  assert.ok((await blockers(page, 'pitch')).includes('recent_renewal'));
  const until = /Until \w{3} (\d+) (\w{3})/.exec(await page.locator('[data-purpose=pitch]').innerText());
  const thirty = new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'short' }).format(Date.now() + 24 * 86_400_000);
  assert.equal(`${until[1]} ${until[2]}`, thirty, 'thirty days after the renewal');
  await context.close();
});

test('night in another time zone: a call is promised for the day there, and a text message waits until eight', async () => {
  // At a time of its own: at others the day there ends as the desk's does, and the call is due at 21:00 sharp.
  const { page, context } = await its.visit('night', '#/contact', { time: new Date('2026-11-20T11:30:00Z') });
  const text = await ask(page, 'callback');
  assert.equal(await routeOf(page), 'callback');
  const [, hour] = /By .*?(\d\d):\d\d/.exec(text) ?? assert.fail(`no date in: ${text}`);
  assert.ok(hour >= 8 && hour < 21, `a call at ${hour}`);
  assert.doesNotMatch(text, /answers you here|Start\b/, 'nothing live at night');
  await go(page, '#/status');
  await page.fill('#notify-phone', '/////////');
  await page.locator('#notify-form button').click();
  assert.ok(await page.locator('#notify-problem').isVisible(), 'no digits, no number');
  await page.fill('#notify-phone', '+64 21 555 0142');
  await page.locator('#notify-form button').click();
  assert.match(await page.locator('#notify-note').innerText(), /It is night where you are.*waits until 08:00, your time/);
  await context.close();
});

test('a day there that ends while the desk works is used to its end, and not a minute longer', async () => {
  // In New Zealand the desk is open for the last hour of the day: two hours of work are done on the second evening.
  const { page, context } = await its.visit('night', '#/contact', { time: new Date('2026-11-22T13:10:00Z') });
  assert.match(await ask(page, 'callback'), /By .*\b21:00\b/);
  await context.close();
});

test('the night of another time zone is a night also when its clocks change', async () => {
  // Twenty past midnight UTC, an hour before Central Europe turns its clocks back; it is night in Lisbon and Helsinki.
  const { page, context } = await its.visit('night', '#/status', { time: new Date('2026-10-25T00:20:00Z') });
  await page.fill('#notify-phone', '+351 21 555 0142');
  await page.locator('#notify-form button').click();
  assert.match(await page.locator('#notify-note').innerText(), /waits until 08:00, your time/);
  await context.close();
});

test('nobody on duty: a date and a form, and nothing that looks as if somebody were waiting', async () => {
  const { page, context } = await its.visit('nobody', '#/contact?topic=rosters');
  assert.match(await page.locator('.desk-line').innerText(), /Nobody is here right now/);
  const text = await ask(page, 'person');
  assert.match(text, /answers by the time shown.*By /);
  assert.doesNotMatch(text, /can take this now|within about|Start\b/);
  await page.locator('#offer a[data-act=accept]').click();
  assert.match(await page.locator('#handoff-form').innerText(), /at the latest/);
  await context.close();
  // Nor does the assistant promise somebody who is not there.
  const other = await its.visit('nobody', '#/account');
  await angryClicks(other.page);
  await other.page.locator('#offer [data-act=accept]').click({ timeout: 2500 });
  await other.page.locator('#assistant-question').waitFor();
  assert.doesNotMatch(await said(other.page), /Talk to a person/);
  await other.page.locator('[data-act=unsolved]').click();
  await other.page.locator('#offer', { hasText: 'Leave this with us' }).waitFor({ timeout: 2500 });
  await other.context.close();
});

test('no consent: nothing is sold and nothing is asked, and help comes all the same', async () => {
  const { page, context } = await its.visit('noConsent', '#/pricing');
  await noPitchOn(page, '#/pricing', '#/plan-change');
  assert.ok((await blockers(page, 'pitch')).includes('unknown_consent'));
  assert.ok((await blockers(page, 'survey')).includes('unknown_consent'));
  await closeDrawer(page);
  await trouble(page);
  assert.match(await routeOf(page), HELP);
  await context.close();
});

test('no profiling: what is known is not filled in, nothing is sold, and the call is arranged', async () => {
  const { page, context } = await its.visit('noProfiling', '#/contact?topic=export');
  await ask(page, 'callback');
  await page.locator('#offer a[data-act=accept]').click();
  const form = page.locator('#handoff-form');
  await form.waitFor();
  assert.doesNotMatch(await form.innerText(), /mara@/, 'what is known was used');
  await page.fill('#handoff-answer', '+49 30 555 0142');
  await form.locator('[type=submit]').click();
  await page.locator('#handoff-done').waitFor();
  await noPitchOn(page, '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('profiling_denied'));
  await context.close();
  // The same person, had she not refused: there the form knows her.
  const other = await its.visit('ready', '#/contact?topic=export');
  await ask(other.page, 'callback');
  await other.page.locator('#offer a[data-act=accept]').click();
  await other.page.locator('#handoff-form', { hasText: 'mara@' }).waitFor();
  await other.context.close();
});

test('called twice already: a person who knows it, unasked, with the story; no article and no assistant', async () => {
  const { page, context } = await its.visit('calledTwice', '#/account');
  await offer(page).waitFor({ timeout: 3000 });
  assert.match(await routeOf(page), /^(human|specialist)$/);
  assert.match(await said(page), /You have already been in touch with us about this/);
  await page.locator('#offer [data-act=accept]').click();
  const text = await said(page);
  assert.equal(text.match(/You called us about “Your data”, and were passed on/g)?.length, 2);
  assert.match(text, /\+49 30 555 0142/, 'the number need not be said again');
  await context.close();
  // Nor does the article lead back to reading.
  const other = await its.visit('calledTwice', '#/article/export-data');
  await offer(other.page).waitFor({ timeout: 3000 });
  assert.match(await routeOf(other.page), /^(human|specialist)$/);
  await other.context.close();
});

test('an outage: it is said that it is known and when there is news; no chat about it, and nothing is sold', async () => {
  const { page, context } = await its.visit('outage', '#/account');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
  assert.equal(await routeOf(page), 'status');
  assert.match(await said(page), /It is not you[\s\S]*By /);
  assert.doesNotMatch(await said(page), /assistant|Talk to/);
  await page.locator('#offer a[data-act=accept]').click();
  await page.locator('h2', { hasText: 'Exports do not start' }).waitFor();
  assert.match(await page.locator('main').innerText(), /Next news by/);
  await noPitchOn(page, '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('known_outage'));
  await context.close();
  // Elsewhere nothing is said of it.
  const other = await its.visit('outage', '#/article/swap-shifts');
  await settled(other.page);
  assert.equal(await offer(other.page).count(), 0);
  await other.context.close();
});

test('a broken promise: a person is offered without any trouble on the page, and nothing is sold before it is settled', async () => {
  const { page, context } = await its.visit('brokenPromise', '#/account');
  await offer(page).waitFor({ timeout: 3000 });
  assert.match(await routeOf(page), /^(human|specialist)$/);
  await page.locator('#offer summary').click();
  assert.match(await said(page), /We promised you something and did not keep it/);
  assert.match(await page.locator('main').innerText(), /We promised you an answer about “Your data”, by .*That has passed, and we are sorry/);
  await page.locator('#offer [data-act=later]').click();
  await noPitchOn(page, '#/pricing');
  assert.ok((await blockers(page, 'pitch')).includes('bad_experience'));
  assert.ok((await blockers(page, 'survey')).length > 0, 'no survey either');
  await context.close();
});

test('a Spanish speaker: article, reasons and person in Spanish; the English assistant is not offered', async () => {
  const { page, context } = await its.visit('spanish', '#/account');
  await trouble(page);
  assert.equal(await routeOf(page), 'article');
  assert.match(await said(page), /Exporta tus turnos/);
  assert.equal(await page.locator('#offer [lang]').first().getAttribute('lang'), 'es');
  await page.locator('#offer summary').click();
  assert.match(await said(page), /Algo de esta página te está dando problemas/);
  await page.locator('#offer a[data-act=accept]').click();
  await page.locator('h1[lang=es]', { hasText: 'Exporta tus turnos' }).waitFor();
  await go(page, '#/contact?topic=export');
  const text = await ask(page, 'person');
  assert.equal(await routeOf(page), 'specialist', 'the one who speaks it');
  assert.match(text, /Alguien que lo conoce bien/);
  // Other articles exist in English only: they are not what helps.
  await go(page, '#/article/read-invoice');
  await page.locator('h1[lang=en]').waitFor();
  await context.close();
});

test('every visitor has a brief, and choosing one starts their visit', async () => {
  const { page, context, problems } = await its.visit('new', '#/');
  const ids = await page.locator('#situation option').evaluateAll((options) => options.map(({ value }) => value));
  assert.equal(ids.length, 13);
  for (const id of ids) {
    await page.locator('#situation').selectOption(id);
    await page.waitForURL((url) => url.searchParams.get('situation') === id);
    await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
    assert.ok((await page.locator('.brief-who').innerText()).length > 20, id);
    await openDrawer(page);
    await closeDrawer(page);
  }
  assert.deepEqual(problems, []);
  await context.close();
});
