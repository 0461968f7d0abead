// What users of other products complain about: each complaint is a page, driven with real input.
// What is innocent there gives no signal, and the true frustration next to it does.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { bench } from './harness.mjs';

const its = bench();

const FRICTION = ['rageClick', 'deadClick', 'slowClick', 'errorClick', 'repeatError', 'thrashedCursor', 'excessiveScroll'];
const seen = (page) =>
  page.evaluate((kinds) => globalThis.test.visit.signals(Date.now()).map(({ kind }) => kind).filter((kind) => kinds.includes(kind)), FRICTION);
/** Long enough for a click to be dead and for a burst to settle. */
const judged = (page) => page.waitForTimeout(3300);

async function presses(page, selector, times = 1, pause = 90) {
  const box = await page.locator(selector).first().boundingBox();
  for (let i = 0; i < times; i++) {
    await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
    if (i + 1 < times) await page.waitForTimeout(pause);
  }
}
const rages = (selector) => (page) => presses(page, selector, 5);
const clicks = (selector) => (page) => presses(page, selector);

/** page, what is innocent, what is true frustration, and what that is seen as. */
const COMPLAINTS = [
  ['steppers', async (page) => {
    for (const button of ['#more', '#plus', '#next', '#gallery']) await presses(page, button, 6);
  }, rages('#dead'), ['rageClick', 'deadClick']],
  ['toggles', (page) => presses(page, '#live', 6), rages('#stuck'), ['rageClick', 'deadClick']],
  ['wizard', (page) => presses(page, '#continue', 4, 360), rages('#dead'), ['rageClick', 'deadClick']],
  ['selection', async (page) => {
    await page.locator('#text').click({ clickCount: 3 });
    await page.waitForTimeout(400);
    await page.locator('#text').dblclick();
    await page.locator('#copyable').dblclick();
  }, rages('#dead'), ['rageClick', 'deadClick']],
  ['dialogs', async (page) => {
    // Longer than a click may wait for an answer.
    page.on('dialog', (dialog) => setTimeout(() => dialog.accept(), dialog.type() === 'confirm' ? 3600 : 300));
    await page.click('#alert');
    await page.click('#delete');
  }, clicks('#dead'), ['deadClick']],
  ['elsewhere', async (page) => {
    for (const link of ['#tab', '#file']) await page.click(link);
    await page.click('#modified', { modifiers: ['Alt'] });
  }, clicks('#nowhere'), ['deadClick']],
  ['press', clicks('#opens'), clicks('#dead'), ['deadClick']],
  ['handlers', clicks('#quick'), clicks('#silent'), ['deadClick']],
  ['patched', clicks('#live'), clicks('#dead'), ['deadClick']],
  ['shadow', async (page) => {
    await page.locator('#live button').click();
  }, async (page) => page.locator('#stuck button').click(), ['deadClick']],
  ['media', async (page) => {
    await page.click('#play');
    await presses(page, '#game', 8, 60);
  }, rages('#dead'), ['rageClick', 'deadClick']],
  ['scripted', (page) => page.evaluate(() => globalThis.clickIt()), rages('#clicked'), ['rageClick', 'deadClick']],
  ['jump', async (page) => {
    await page.click('#scrolls');
    await page.waitForTimeout(200);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(300);
    await page.click('#down');
  }, async (page) => page.click('#dead'), ['deadClick']],
  ['disabled', (page) => presses(page, '#off', 2), rages('#dead'), ['rageClick', 'deadClick']],
  ['modal', async (page) => {
    await page.mouse.click(600, 500);
    await page.click('#real');
    await presses(page, '#plain', 2, 400);
  }, clicks('#stuck'), ['deadClick']],
  ['request', clicks('#save'), async (page) => {
    await page.click('#slow');
    await judged(page);
    await page.click('#dead');
  }, ['slowClick', 'deadClick']],
  ['rerender', async (page) => {
    for (const row of await page.locator('.row').all()) await row.click();
  }, (page) => presses(page, '#slot button', 6, 130), ['rageClick']],
  ['ticker', clicks('#live'), clicks('#dead'), ['deadClick']],
  ['keyboard', async (page) => {
    await page.focus('#live');
    await page.keyboard.down('Enter');
    for (let i = 0; i < 12; i++) await page.keyboard.down('Enter');
    await page.keyboard.up('Enter');
  }, async (page) => {
    await page.focus('#dead');
    for (let i = 0; i < 5; i++) {
      await page.keyboard.press('Enter');
      await page.waitForTimeout(90);
    }
  }, ['rageClick', 'deadClick']],
  ['rejections', async (page) => {
    await page.waitForTimeout(1200);
    await presses(page, '#works', 2, 1500);
  }, clicks('#breaks'), ['errorClick']],
  ['unseen', async (page) => {
    for (const button of ['#example', '#turn', '#theme']) await page.click(button);
  }, clicks('#dead'), ['deadClick']],
  ['optout', (page) => presses(page, '#piano', 8), rages('#dead'), ['rageClick', 'deadClick']],
];

describe('complaints', { concurrency: 4 }, () => {
  for (const [name, innocent, guilty, kinds] of COMPLAINTS) {
    test(`${name}: what is innocent is no signal, what frustrates is`, async () => {
      const { page, context } = await its.visit(`complaints/${name}.html`);
      await innocent(page);
      await judged(page);
      assert.deepEqual(await seen(page), [], 'the innocent one');
      await guilty(page);
      await judged(page);
      const found = await seen(page);
      for (const kind of kinds) assert.ok(found.includes(kind), `${kind} is missing in ${found}`);
      for (const kind of new Set(found)) assert.ok(kinds.includes(kind), `${kind} is too much`);
      assert.equal(found.filter((kind) => kind === 'rageClick').length, kinds.includes('rageClick') ? 1 : 0, 'one burst, one incident');
      assert.deepEqual(await page.evaluate(() => globalThis.test.errors), []);
      await context.close();
    });
  }

  test('scripts: what no person did is counted, and says nothing of them', async () => {
    const { page, context } = await its.visit('complaints/scripts.html');
    const told = () => page.evaluate(() => globalThis.test.visit.signals(Date.now()).map(({ kind }) => kind));
    await page.evaluate(() => globalThis.prefill());
    await page.waitForTimeout(3300);
    await page.evaluate(() => globalThis.test.observer.page());
    assert.deepEqual(await told(), []);
    const { untrusted } = await page.evaluate(() => globalThis.test.visit.quarantined);
    assert.ok(untrusted >= 14, `${untrusted} counted`);
    // A person who does the same is believed.
    for (const field of ['#name', '#mail', '#town']) await page.fill(field, 'me');
    await page.locator('#name').pressSequentially('x');
    await page.locator('#mail').pressSequentially('x');
    await page.waitForTimeout(3300);
    await page.click('#chat');
    await page.evaluate(() => globalThis.test.observer.page());
    assert.deepEqual(new Set(await told()), new Set(['formAbandon', 'contactIntent']));
    await context.close();
  });

  test('slow server: what leaves the page is not dead, even where nothing tells of navigations', async () => {
    const { page, context } = await its.visit('complaints/slowserver.html');
    // Without content, the browser stays where it is; until then, nobody can ask it anything.
    await page.route('**/later*', (route) => void setTimeout(() => route.fulfill({ status: 204 }), 3500));
    const cdp = await context.newCDPSession(page);
    for (const [leaving, known] of [['#link', []], ['#send', []], ['#stuck', ['deadClick']], ['#call', ['deadClick']]]) {
      const { x, y, width, height } = await page.locator(leaving).boundingBox();
      for (const type of ['mousePressed', 'mouseReleased'])
        await cdp.send('Input.dispatchMouseEvent', { type, x: x + width / 2, y: y + height / 2, button: 'left', clickCount: 1 });
      await page.waitForTimeout(4000);
      assert.deepEqual(await seen(page), known, leaving);
    }
    await context.close();
  });

  test('flick: a finger that scrolls is no click, a finger that taps is', async () => {
    const { page, context } = await its.visit('complaints/flick.html', { viewport: { width: 390, height: 800 }, hasTouch: true, isMobile: true });
    const cdp = await context.newCDPSession(page);
    const touch = (type, y) => cdp.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 150, y }] });
    for (let flick = 0; flick < 4; flick++) {
      await touch('touchStart', 300);
      for (let y = 280; y > 100; y -= 40) await touch('touchMove', y);
      await touch('touchEnd');
    }
    await judged(page);
    assert.ok((await page.evaluate(() => scrollY)) > 0, 'it has scrolled');
    assert.deepEqual(await seen(page), []);
    await page.evaluate(() => scrollTo(0, 0));
    await page.waitForTimeout(1200);
    await page.tap('#wide');
    await judged(page);
    assert.deepEqual(await seen(page), ['deadClick']);
    await context.close();
  });

  test('wake: a click that only brings the window back is not judged', async () => {
    const { page, context } = await its.visit('complaints/wake.html');
    const cdp = await context.newCDPSession(page);
    // Otherwise every window believes it has the focus.
    await cdp.send('Emulation.setFocusEmulationEnabled', { enabled: false });
    const other = await context.newPage();
    await other.goto(its.at('empty.html'));
    await other.bringToFront();
    await page.bringToFront();
    await page.click('#dead');
    await judged(page);
    assert.deepEqual(await seen(page), []);
    await page.click('#dead');
    await judged(page);
    assert.deepEqual(await seen(page), ['deadClick']);
    await context.close();
  });

  test('blind: where changes are not told no click is dead, and the page says so', async () => {
    const { page, context } = await its.visit('complaints/blind.html');
    await page.waitForFunction(() => globalThis.test.errors.includes('UNWATCHED'));
    assert.equal(await page.evaluate(() => globalThis.test.observer.diagnostics.deadClicks), 'off');
    await page.click('#live');
    await page.click('#dead');
    await judged(page);
    assert.deepEqual(await seen(page), []);
    // A burst is a burst, whatever the page tells.
    await presses(page, '#dead', 5);
    await judged(page);
    assert.deepEqual(await seen(page), ['rageClick']);
    await context.close();
  });

  test('repeating on what is made for it, and pressing what is off, is counted', async () => {
    const { page, context } = await its.visit('complaints/steppers.html');
    await presses(page, '#more', 6);
    await page.waitForTimeout(1300);
    const { tallies, deadClicks } = await page.evaluate(() => (globalThis.test.visit.signals(Date.now()), globalThis.test.observer.diagnostics));
    assert.equal(tallies.rapidUse, 1);
    assert.equal(deadClicks, 'on');
    await context.close();
    const off = await its.visit('complaints/disabled.html');
    await presses(off.page, '#off', 3);
    const counted = await off.page.evaluate(() => (globalThis.test.visit.signals(Date.now()), globalThis.test.visit.tallies));
    assert.equal(counted.disabledClick, 3);
    await off.context.close();
  });

  test('a visit goes on after the page was loaded anew', async () => {
    const { page, context } = await its.visit('complaints/press.html');
    await page.click('#dead');
    await judged(page);
    assert.deepEqual(await seen(page), ['deadClick']);
    const kinds = await page.evaluate(() => {
      const { visit } = globalThis.test;
      const { person, startedAt, salt } = visit;
      const again = person.visit({ saved: visit.save() });
      return [again.startedAt === startedAt, again.salt === salt, again.signals(Date.now()).map(({ kind }) => kind)];
    });
    assert.deepEqual(kinds, [true, true, ['deadClick']]);
    await context.close();
  });
});
