// What a visitor of the demo lives through, in a real Chromium, with real input.
import assert from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { after, before, test } from 'node:test';
import { launch, open, serve } from './harness.mjs';

let browser;
let site;
before(async () => {
  [browser, site] = await Promise.all([launch(), serve()]);
});
after(async () => {
  await browser?.close();
  site?.stop();
});

const at = (hash, situation) => `${site.url}?situation=${situation}${hash}`;
const offer = (page) => page.locator('#offer:not([hidden])');
const route = (page) => page.locator('#offer').getAttribute('data-route');
/** Long enough for everything that could still be decided about a page that was only looked at. */
const settled = (page) => page.waitForTimeout(2500);

async function angryClicks(page, count = 5) {
  const box = await page.locator('#export-data').boundingBox();
  for (let i = 0; i < count; i++) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    await page.waitForTimeout(120);
  }
}

test('angry clicking on a dead button brings a person or a chat within two seconds', async () => {
  const { page, context, problems } = await open(browser, at('#/account', 'new'));
  await angryClicks(page);
  const last = Date.now();
  await offer(page).waitFor({ timeout: 2000 });
  assert.ok(Date.now() - last <= 2000, 'the offer came too late');
  assert.match(await route(page), /^(human|chatbot|specialist)$/);
  assert.deepEqual(problems, []);
  await context.close();
});

test('the offer stays once it is shown, and does not come back once it is closed', async () => {
  const { page, context } = await open(browser, at('#/account', 'new'));
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2000 });
  const first = await route(page);
  await page.waitForTimeout(4500);
  assert.equal(await route(page), first, 'the dead-click verdict must not take the offer away');
  await page.locator('#offer [data-act=later]').click();
  await offer(page).waitFor({ state: 'detached', timeout: 1000 }).catch(() => {});
  assert.equal(await offer(page).count(), 0);
  await angryClicks(page);
  await settled(page);
  assert.equal(await offer(page).count(), 0, 'a closed offer came back');
  await context.close();
});

test('a customer who is ready sees the upgrade offer, and never while a case is open', async () => {
  const ready = await open(browser, at('#/pricing', 'ready'));
  await ready.page.locator('[data-offer=pitch]').waitFor({ timeout: 3000 });
  await ready.context.close();

  const busy = await open(browser, at('#/pricing', 'openCase'));
  for (const hash of ['#/', '#/plan-change', '#/account', '#/pricing']) {
    await busy.page.goto(at(hash, 'openCase'));
    await settled(busy.page);
    assert.equal(await busy.page.locator('[data-offer=pitch]').count(), 0, `pitched on ${hash}`);
  }
  await angryClicks((await busy.page.goto(at('#/account', 'openCase')), busy.page));
  await offer(busy.page).waitFor({ timeout: 2000 });
  assert.match(await route(busy.page), /^(human|chatbot|specialist)$/, 'help is not withheld');
  await busy.context.close();

  const fresh = await open(browser, at('#/pricing', 'onboarding'));
  await settled(fresh.page);
  assert.equal(await fresh.page.locator('[data-offer=pitch]').count(), 0, 'pitched on day three');
  await fresh.context.close();
});

test('a reader of the right article is left alone', async () => {
  const { page, context } = await open(browser, at('#/article/export-data', 'new'));
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
  const { page, context } = await open(browser, at('#/account', 'new'));
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
  const { page, context, requests } = await open(browser, at('#/account', 'ready'));
  await page.waitForLoadState('networkidle');
  const loaded = requests.length;
  await page.locator('#organisation input').first().fill('Quiet Harbour');
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2000 });
  await page.goto(`${at('#/search?q=payroll', 'ready')}`);
  await page.locator('#drawer-toggle').click();
  await settled(page);
  for (const { url } of requests) assert.ok(url.startsWith(site.url) || url.startsWith('blob:'), `went to ${url}`);
  for (const { url, method, body } of requests.slice(loaded)) {
    assert.equal(method, 'GET', url);
    assert.equal(body, null, url);
    // Only the demo's own files, which say nothing: no query of the visitor's, no name, no answer.
    assert.match(new URL(url).pathname, /^\/(assets\/|policy\.tactful|favicon|$)/, url);
    assert.doesNotMatch(url, /payroll|Quiet/);
  }
  await context.close();
});

test('without WebAssembly the help center works, silently', async () => {
  const context = await browser.newContext();
  const page = await context.newPage();
  const uncaught = [];
  page.on('pageerror', (error) => uncaught.push(String(error)));
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await page.goto(at('#/article/export-data', 'new'));
  await page.waitForFunction(() => document.documentElement.dataset.engine === 'failed');
  assert.ok(await page.locator('h1').isVisible());
  assert.deepEqual(uncaught, []);
  await context.close();
});

async function record(page) {
  await page.locator('#record').click();
  return page.waitForFunction(() => globalThis.__story).then((handle) => handle.jsonValue());
}

// `RECORD=1 node --test` writes these visits anew; they are stories like any other.
const RECORDINGS = [
  ['recorded-dead-button', 'Recorded: angry clicks on the export button', 'new', async (page) => {
    await page.locator('a[href="#/account"]').first().click();
    await page.waitForTimeout(1200);
    await angryClicks(page, 6);
    await offer(page).waitFor({ timeout: 2000 });
  }, '#/', { route: ['human', 'chatbot'], cites: ['friction'], pitch: false }],
  ['recorded-reader', 'Recorded: reading the article on exports', 'new', async (page) => {
    for (let i = 0; i < 8; i++) {
      await page.mouse.wheel(0, 250);
      await page.waitForTimeout(2800);
    }
    await page.locator('[data-vote=yes]').click();
    await page.waitForTimeout(500);
  }, '#/article/export-data', { route: 'none', cites: ['good_article'] }],
  ['recorded-open-case', 'Recorded: looking at prices with a case open', 'openCase', async (page) => {
    await page.waitForTimeout(1500);
    await page.locator('a[href="#/plan-change"]').first().click();
    await page.waitForTimeout(1500);
  }, '#/pricing', { route: 'none', pitch: false, cites: ['open_case'] }],
  ['recorded-ready', 'Recorded: looking at prices, ready for more', 'ready', async (page) => {
    await page.locator('[data-offer=pitch]').waitFor({ timeout: 3000 });
    await page.waitForTimeout(500);
  }, '#/pricing', { route: 'accountManager', pitch: true }],
  ['recorded-searching', 'Recorded: two searches that find nothing', 'new', async (page) => {
    for (const query of ['payroll tax form', 'payslip download']) {
      await page.fill('#query', query);
      await page.keyboard.press('Enter');
      await page.waitForTimeout(2500);
    }
  }, '#/', { route: ['chatbot', 'human'], cites: ['friction'] }],
];

for (const [slug, name, situation, act, hash, expect] of RECORDINGS)
  test(name, async () => {
    const { page, context } = await open(browser, at(hash, situation));
    await act(page);
    const story = await record(page);
    assert.ok(story.visit.events.length > 0, 'nothing was recorded');
    assert.equal(story.visit.events[0].type, 'pageView');
    if (process.env.RECORD) {
      const kept = { ...story, name, why: story.why ?? name, expect };
      await writeFile(new URL(`../../examples/stories/${slug}.json`, import.meta.url), `${JSON.stringify(kept, null, 1)}\n`);
    }
    await context.close();
  });

test('the recorded stories are files of the project', async () => {
  for (const [slug] of RECORDINGS) await readFile(new URL(`../../examples/stories/${slug}.json`, import.meta.url));
});
