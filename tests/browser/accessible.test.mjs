// Keyboard, screen reader, and the rules a machine can check.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { PAGES, angryClicks, demo, go, inaccessible, offer, openDrawer, routeOf } from './harness.mjs';

const its = demo();

const focused = (page) => page.evaluate(() => {
  const { activeElement: at } = document;
  return at.id || at.dataset.act || at.textContent.trim().slice(0, 40) || at.tagName;
});

/** Tabs on until something has the focus; fails when it cannot be reached. */
async function tabTo(page, wanted, most = 60) {
  for (let i = 0; i < most; i++) {
    await page.keyboard.press('Tab');
    if ((await focused(page)) === wanted) return;
  }
  assert.fail(`${wanted} cannot be reached by keyboard; the focus ended on ${await focused(page)}`);
}

for (const colorScheme of ['light', 'dark'])
  test(`axe-core finds nothing on any page, ${colorScheme}`, async () => {
    const { page, context } = await its.visit('calledTwice', '#/', { colorScheme });
    for (const hash of PAGES) {
      await go(page, hash);
      await page.waitForTimeout(250);
      assert.deepEqual(await inaccessible(page), [], hash);
    }
    await context.close();
  });

for (const [name, viewport] of [['phone', { width: 390, height: 844 }], ['desktop', { width: 1280, height: 800 }]])
  test(`axe-core finds nothing in any state of what is offered, ${name}`, async () => {
    const clean = async (page, state) => assert.deepEqual(await inaccessible(page), [], state);
    const { page, context } = await its.visit('new', '#/account', { viewport, tour: true });
    await clean(page, 'the tour');
    await page.locator('[data-tour=skip]').click();
    await angryClicks(page);
    await offer(page).waitFor({ timeout: 2500 });
    await page.locator('#offer summary').click();
    await clean(page, 'an offer with its reasons');
    await page.locator('#offer [data-act=accept]').click();
    await page.fill('#assistant-question', 'export');
    await page.keyboard.press('Enter');
    await clean(page, 'the assistant');
    await page.locator('#offer [data-act=unsolved]').click();
    await page.locator('#offer [data-act=accept]').waitFor({ timeout: 2500 });
    await page.locator('#offer [data-act=accept]').click();
    await clean(page, 'a person on the way');
    await page.locator('#offer [data-act=close]').click();
    await openDrawer(page);
    for (const details of await page.locator('#drawer summary').all()) if (await details.isVisible()) await details.click();
    await clean(page, 'the drawer');
    await page.locator('#replay-this').click();
    await page.locator('.replaying').waitFor();
    await clean(page, 'a replay');
    await context.close();

    const spanish = await its.visit('spanish', '#/contact?topic=export', { viewport });
    await spanish.page.locator('#ask-callback').click();
    await offer(spanish.page).waitFor({ timeout: 2500 });
    await clean(spanish.page, 'an offer in Spanish');
    await spanish.page.locator('#offer a[data-act=accept]').click();
    await spanish.page.locator('#handoff-form').waitFor();
    await spanish.page.locator('#handoff-form [type=submit]').click();
    await clean(spanish.page, 'the form of a handover, refused');
    await spanish.context.close();

    const outage = await its.visit('outage', '#/status', { viewport });
    await clean(outage.page, 'an outage');
    await outage.context.close();
  });

test('with the keyboard alone: search, read, run into trouble, be helped, say no, and look behind it', async () => {
  const { page, context, problems } = await its.visit('new', '#/');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'skip');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'main');

  await tabTo(page, 'query');
  await page.keyboard.type('two-step');
  await page.keyboard.press('Enter');
  await page.locator('.result').first().waitFor();
  assert.equal(await focused(page), 'Search', 'the heading of the new page has the focus');
  await tabTo(page, 'Turn on two-step sign-in');
  await page.keyboard.press('Enter');
  await page.locator('h1', { hasText: 'Turn on two-step sign-in' }).waitFor();
  await tabTo(page, 'A new phone');
  await page.keyboard.press('Enter');
  assert.equal(await focused(page), 'A new phone');
  assert.ok(await page.evaluate(() => document.activeElement.tagName === 'H2'), 'the place in the article');

  await go(page, '#/account');
  await page.locator('#export-data').waitFor();
  await tabTo(page, 'export-data');
  for (let i = 0; i < 6; i++) {
    await page.keyboard.press('Enter');
    await page.waitForTimeout(130);
  }
  await offer(page).waitFor({ timeout: 6000 });
  assert.equal(await focused(page), 'export-data', 'an offer takes no focus');
  assert.match(await page.locator('#offer-status').textContent(), /Help offer:.*Escape closes it/, 'but it is told');
  await tabTo(page, 'accept');
  await tabTo(page, 'later', 4);
  await page.keyboard.press('Enter');
  assert.equal(await offer(page).count(), 0);
  assert.notEqual(await focused(page), 'BODY', 'the focus is not lost');

  for (let i = 0; i < 80 && (await focused(page)) !== 'drawer-toggle'; i++) await page.keyboard.press('Shift+Tab');
  await page.keyboard.press('Enter');
  await page.locator('#drawer').waitFor();
  await page.keyboard.press('Tab');
  assert.ok(await page.evaluate(() => document.querySelector('#drawer').contains(document.activeElement)), 'the next Tab goes into the drawer');
  await tabTo(page, 'explain');
  await page.keyboard.press('Escape');
  assert.ok(!(await page.locator('#drawer').isVisible()));
  assert.equal(await focused(page), 'drawer-toggle');
  assert.deepEqual(problems, []);
  await context.close();
});

test('with the keyboard alone: ask for a call, and get it arranged', async () => {
  const { page, context } = await its.visit('calledTwice', '#/contact?topic=export');
  await tabTo(page, 'ask-callback');
  await page.keyboard.press('Enter');
  await page.waitForFunction(() => document.querySelector('#offer').dataset.route === 'callback', null, { timeout: 3000 });
  assert.equal(await routeOf(page), 'callback');
  await tabTo(page, 'accept');
  await page.keyboard.press('Enter');
  await page.locator('#handoff-form').waitFor();
  assert.match(await page.locator('#handoff-form').innerText(), /\+49 30 555 0142/, 'the number is known');
  await tabTo(page, 'Call me');
  await page.keyboard.press('Enter');
  await page.locator('#handoff-done').waitFor();
  assert.equal(await focused(page), 'handoff-done');
  await context.close();
});

test('the tour is skipped once and never returns, nor after its end', async () => {
  const { page, context } = await its.visit('new', '#/', { tour: true });
  const tour = page.locator('.tour');
  await tour.waitFor();
  await tabTo(page, 'Skip the tour');
  await page.keyboard.press('Enter');
  assert.equal(await tour.count(), 0);
  for (const hash of ['#/account', '#/']) {
    await page.goto(its.at(hash, 'ready'));
    await page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
    assert.equal(await tour.count(), 0, 'it came back');
  }
  await context.close();

  const other = await its.visit('new', '#/', { tour: true });
  for (let step = 1; step <= 5; step++) {
    assert.match(await other.page.locator('.tour-count').innerText(), new RegExp(`${step} of 5`));
    await other.page.locator('[data-tour=next]').click();
  }
  assert.equal(await other.page.locator('.tour').count(), 0);
  assert.equal(await other.page.locator('.pointed-at').count(), 0);
  await other.page.reload();
  await other.page.waitForFunction(() => document.documentElement.dataset.engine === 'ready');
  assert.equal(await other.page.locator('.tour').count(), 0);
  await other.context.close();
});

test('nothing moves for who asked for no motion', async () => {
  const { page, context } = await its.visit('new', '#/account', { reducedMotion: 'reduce' });
  await angryClicks(page);
  await offer(page).waitFor({ timeout: 2500 });
  const moving = await page.evaluate(() => document.getAnimations().length);
  assert.equal(moving, 0);
  await context.close();
});
