// What the observer makes of real input on controls that make observers stumble.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench, sight } from './harness.mjs';

const its = bench();

const meet = () => its.visit('observer.html');
const seen = (page) => page.evaluate(() => globalThis.test.visit.signals(Date.now()).map(({ kind }) => kind));
const events = (page) => page.evaluate(() => globalThis.test.observer.events());
const clicks = async (page) => (await events(page)).filter(({ type }) => type === 'click');
/** The dead-click verdict takes three seconds. */
const judged = (page) => page.waitForTimeout(3400);

test('a dead button is seen, one that works and one that reacts to the press are not', async () => {
  const { page, context, problems } = await meet();
  await page.click('#alive');
  await page.click('#press');
  await judged(page);
  assert.deepEqual(await seen(page), []);
  await page.click('#dead');
  await judged(page);
  assert.deepEqual(await seen(page), ['deadClick']);
  assert.deepEqual(problems, []);
  await context.close();
});

for (const ahead of [7000, -4000]) test(`a host whose clock is ${ahead} ms ahead finds a slow button slow, and no more`, async () => {
  const { page, context } = await meet();
  await page.evaluate((ahead) => {
    const { person, observe } = globalThis.test;
    globalThis.test.visit = person.visit({ salt: 0 });
    globalThis.test.observer = observe(globalThis.test.visit, { moment: () => ({ now: Date.now() + ahead }), record: true });
  }, ahead);
  const seen = () => page.evaluate((ahead) => globalThis.test.visit.signals(Date.now() + ahead).map(({ kind }) => kind), ahead);
  // Verdicts fall by the host's clock: later, when it is behind.
  const decided = () => page.waitForTimeout(3400 + Math.max(0, -ahead));
  await page.click('#slow');
  await decided();
  assert.deepEqual(await seen(), ['slowClick']);
  await page.click('#dead');
  await decided();
  assert.deepEqual(await seen(), ['slowClick', 'deadClick']);
  await context.close();
});

test('after the computer slept clicks are judged as before, and nobody was there meanwhile', async () => {
  const { page, context } = await meet();
  await page.click('#alive');
  await page.evaluate(() => {
    const now = Date.now;
    Date.now = () => now() + 3_600_000;
  });
  await page.click('#slow');
  await judged(page);
  assert.deepEqual(await seen(page), ['slowClick']);
  await page.click('#dead');
  await judged(page);
  assert.deepEqual(await seen(page), ['slowClick', 'deadClick']);
  const told = await events(page);
  const idle = told.findIndex(({ type }) => type === 'idle');
  const resumed = told[idle + 1];
  assert.equal(resumed.type, 'resume');
  assert.ok(told[idle].t < 60_000 && resumed.t > 3_600_000, `away from ${told[idle].t} to ${resumed.t}`);
  await context.close();
});

test('a button is a button, whatever its icon is made of', async () => {
  const { page, context } = await meet();
  await page.locator('x-icon').click();
  await judged(page);
  assert.deepEqual((await clicks(page)).map(({ control }) => control), ['button']);
  assert.deepEqual(await seen(page), ['deadClick']);
  await context.close();
});

test('a label hands its press on, and files, other windows and excluded controls are not judged', async () => {
  const { page, context } = await meet();
  await page.click('#label');
  await page.click('#name');
  await page.click('#off', { clickCount: 5, delay: 20 });
  await page.dblclick('#text');
  page.on('filechooser', () => {});
  await page.click('#file');
  await judged(page);
  assert.deepEqual(await seen(page), []);
  const controls = (await clicks(page)).map(({ control }) => control);
  assert.deepEqual(controls.slice(0, 2), ['textInput', 'textInput'], 'one press on a label is one click');
  await context.close();
});

test('an article is read while it is in sight, and only then', async () => {
  const { page, context } = await meet();
  const read = async () => (await events(page)).findLast(({ type }) => type === 'articleProgress')?.activeMs ?? 0;
  await page.evaluate(() => {
    document.querySelector('main').dataset.tactfulRole = 'article';
    globalThis.test.observer.page();
  });
  await page.waitForTimeout(1500);
  await sight(page, false);
  const seen = await read();
  assert.ok(seen >= 1400 && seen < 3000, `${seen} ms in sight`);
  await page.waitForTimeout(2500);
  await sight(page, true);
  await page.mouse.click(5, 5);
  await page.waitForTimeout(300);
  await sight(page, false);
  const after = (await read()) - seen;
  assert.ok(after >= 250 && after < 2000, `${after} ms more, after 2500 out of sight`);
  await context.close();
});

test('the help offer itself is not observed, not even inside its shadow tree', async () => {
  const { page, context } = await meet();
  const box = await page.locator('x-offer').boundingBox();
  for (let i = 0; i < 5; i++) await page.mouse.click(box.x + 10, box.y + 10);
  await judged(page);
  assert.deepEqual(await clicks(page), []);
  assert.deepEqual(await seen(page), []);
  await context.close();
});

test('the keyboard is no mouse: an activation is one click without a place', async () => {
  const { page, context } = await meet();
  await page.focus('#dead');
  await page.keyboard.press('Enter');
  await judged(page);
  const [click] = await clicks(page);
  assert.equal(click.x, undefined);
  assert.deepEqual(click.flags, ['keyboard']);
  assert.deepEqual(await seen(page), ['deadClick']);
  await context.close();
});

test('nothing of what is typed, written or named is in the recording', async () => {
  const { page, context } = await meet();
  await page.fill('#name', 'Ada Lovelace');
  await page.click('#dead');
  const text = JSON.stringify(await events(page));
  assert.doesNotMatch(text, /Ada|Lovelace|Nothing|dead|name/);
  await context.close();
});

test('the decision comes after the page’s own listeners', async () => {
  const { page, context } = await meet();
  const order = await page.evaluate(async () => {
    const seen = [];
    globalThis.test.observer.stop();
    globalThis.test.observe(globalThis.test.visit, { moment: () => (seen.push('moment'), { now: Date.now() }) });
    await new Promise((resolve) => setTimeout(resolve, 50));
    seen.length = 0;
    document.getElementById('dead').addEventListener('click', () => seen.push('page'), { once: true });
    document.getElementById('dead').dispatchEvent(new MouseEvent('click', { bubbles: true, composed: true }));
    await new Promise((resolve) => setTimeout(resolve, 50));
    return seen.slice(0, 2);
  });
  assert.deepEqual(order, ['page', 'moment']);
  await context.close();
});

test('a visit has one observer, which ends with it and leaves nothing behind', async () => {
  const { page, context } = await meet();
  const said = await page.evaluate(() => {
    const { observe, visit, observer, begin } = globalThis.test;
    const said = [];
    const attempt = (run) => {
      try {
        run();
        said.push('went through');
      } catch (error) {
        said.push(error.code);
      }
    };
    attempt(() => observe(visit, { moment: () => ({ now: Date.now() }) }));
    const next = begin();
    attempt(() => observer.wish('noHelp'));
    attempt(() => visit.decide({ now: Date.now() }));
    said.push(next.visit.decide({ now: Date.now() }).because[0].code);
    return said;
  });
  assert.deepEqual(said, ['CONFLICT', 'DISPOSED', 'DISPOSED', 'no_need']);
  assert.deepEqual(await page.evaluate(() => globalThis.test.errors()), []);
  await context.close();
});
