// What one device knows of a person: tabs, reloads, lost storage, and being left alone.
import assert from 'node:assert/strict';
import { describe, test } from 'node:test';
import { DATABASE, bench, sight } from './harness.mjs';

const its = bench();

/** Tabs of one browser on a page that shows what it is told to. */
async function tabs(count, prepare, how) {
  const context = await its.browser.newContext();
  await context.addInitScript(DATABASE);
  if (prepare) await context.addInitScript(prepare);
  return Promise.all(Array.from({ length: count }, () => tab(context, how)));
}
async function tab(context, how = '') {
  const page = await context.newPage();
  await page.goto(its.at(`offers.html?own${how}`));
  await page.waitForFunction(() => globalThis.tab);
  return page;
}
const all = (pages, run, about) => Promise.all(pages.map((page) => page.evaluate(run, about)));
const state = (page) => page.evaluate(() => globalThis.tab.state());
const begin = (page, about = {}) => page.evaluate(({ id, ...more }) => globalThis.tab.begin(id ?? 'ada', more), about);
const trouble = (page) => page.evaluate(() => globalThis.tab.trouble());
const offered = (page) => page.waitForFunction(() => globalThis.tab.state().screen, undefined, { timeout: 5000 });
const reload = async (page) => {
  await page.reload();
  await page.waitForFunction(() => globalThis.tab);
};
/** Long enough for whatever might still be offered: a tab looks again each second. */
const patience = (page, time = 1500) => page.waitForTimeout(time);
/** Somebody is in trouble in a new visit, and is offered help. */
async function meet(page, about) {
  await begin(page, about);
  await trouble(page);
  await offered(page);
}
/** Two tabs of a person, the first of which has offered help. */
async function besideAnOffer() {
  const both = await tabs(2);
  for (const page of both) await begin(page);
  await trouble(both[0]);
  await offered(both[0]);
  return both;
}
/** Trouble, and nothing is offered. */
async function quiet(page, why, time) {
  await trouble(page);
  await patience(page, time);
  assert.equal((await state(page)).screen, undefined, why);
}
/** Everything that is kept on the device, as it is kept. */
const kept = (page) => page.evaluate(async () => {
  const database = await globalThis.database();
  const all = database.transaction('events').objectStore('events').getAll();
  return new Promise((resolve) => { all.onsuccess = () => { database.close(); resolve(all.result); }; });
});
const shown = ({ told }) => told.filter(({ event }) => event === 'shown');
/** The browser takes the databases away, as it does when a disk is full. */
async function evict(page) {
  const browser = await page.context().newCDPSession(page);
  await browser.send('Storage.clearDataForOrigin', { origin: new URL(its.site.url).origin, storageTypes: 'indexeddb' });
}

// Each has a browser context of its own, and they mostly wait.
describe('what one device knows', { concurrency: 2 }, () => {
  test('two tabs in trouble at once, one offer, 50 times out of 50', async () => {
    const pages = await tabs(2);
    for (let round = 0; round < 50; round++) {
      await all(pages, (id) => globalThis.tab.begin(id), `person-${round}`);
      await all(pages, () => globalThis.tab.trouble());
      await Promise.race(pages.map(offered));
      await patience(pages[0], 250);
      const both = await Promise.all(pages.map(state));
      assert.equal(both.filter(({ screen }) => screen).length, 1, `round ${round}: ${JSON.stringify(both.map(({ told }) => told))}`);
      assert.equal(both.flatMap(shown).length, 1, `round ${round}`);
      assert.deepEqual(both.map(({ kind }) => kind), ['shared', 'shared']);
    }
  });

  for (const [how, prepare] of [['', undefined], [', even where they cannot tell each other', () => { delete globalThis.BroadcastChannel; }]])
    test(`what was refused in one tab is not offered in the other${how}`, async () => {
      const pages = await tabs(2, prepare);
      await all(pages, (id) => globalThis.tab.begin(id), 'ada');
      await trouble(pages[0]);
      await offered(pages[0]);
      await trouble(pages[1]);
      await pages[0].evaluate(() => globalThis.tab.outcome('dismissed'));
      await patience(pages[1], 2500);
      assert.equal((await state(pages[1])).screen, undefined);
    });

  test('an offer goes along with the person, and is still one', async () => {
    const [first, second] = await besideAnOffer();
    const { touch } = (await state(first)).offer;
    await quiet(second);
    await sight(first, false);
    await offered(second);
    assert.equal((await state(second)).screen, touch, 'the same touch, counted once');
    await sight(second, false);
    await sight(first, true);
    await patience(first, 500);
    assert.equal((await state(first)).screen, touch);
    // Both in sight, as in two windows: the one that has it keeps it, and the other takes it off its screen.
    await sight(second, true);
    await patience(second, 500);
    const both = await Promise.all([first, second].map(state));
    assert.deepEqual(both.map(({ screen }) => screen), [touch, undefined]);
    assert.ok(both[1].told.some(({ event }) => event === 'withdrawn'));
  });

  test('a tab that was closed leaves the floor to the others', async () => {
    const [first, second] = await besideAnOffer();
    await trouble(second);
    await first.close();
    await offered(second);
  });

  test('who asks is answered in the tab they ask in', async () => {
    const [first, second] = await tabs(2);
    await begin(first);
    await begin(second, { moment: { routes: [{ route: 'human', open: true, staffed: true, waitP80Ms: 60000 }] } });
    await trouble(first);
    await offered(first);
    await second.evaluate(() => globalThis.tab.ask());
    await offered(second);
    assert.equal((await state(second)).offer.purpose, 'answer');
  });

  test('after a reload the same offer goes on; what was refused stays refused', async () => {
    const [page] = await tabs(1);
    await meet(page);
    const before = await state(page);
    await reload(page);
    await begin(page);
    await offered(page);
    assert.equal((await state(page)).screen, before.screen);
    await page.evaluate(() => globalThis.tab.outcome('dismissed'));
    await patience(page, 300);
    await reload(page);
    await begin(page);
    await quiet(page);
  });

  test('a cap holds for the next visit of another tab', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await patience(page, 300);
    const next = await tab(page.context());
    await begin(next);
    await trouble(next);
    await page.close();
    await patience(next, 2500);
    const { told, screen } = await state(next);
    assert.equal(screen, undefined, JSON.stringify(told));
  });

  test('lost storage permits less: nothing unasked in that visit, nothing sold while it may have been', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await patience(page, 300);
    // The browser clears the database, and only that, while the page is away.
    const blank = await page.context().newPage();
    await page.goto(its.at('observer.html'));
    await blank.goto(its.at('observer.html'));
    await blank.evaluate(async () => {
      for (const { name } of await indexedDB.databases())
        await new Promise((resolve) => { indexedDB.deleteDatabase(name).onsuccess = resolve; });
    });
    await page.goto(its.at('offers.html?own'));
    await page.waitForFunction(() => globalThis.tab);
    await begin(page);
    await trouble(page);
    await patience(page);
    const { screen, privacy } = await state(page);
    assert.equal(screen, undefined);
    for (const purpose of ['pitch', 'survey'])
      assert.ok(privacy[purpose].blockers.some(({ code }) => code === 'history_incomplete'), purpose);
  });

  test('a database that goes away under an open page takes nothing along', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await patience(page, 300);
    await evict(page);
    // Whatever is learned next, the database is there again, with everything this tab knows.
    await page.evaluate(() => globalThis.tab.learn([{ type: 'ask', id: 'a', at: 1, source: 'page', field: 'topic', step: 'asked' }]));
    await patience(page, 500);
    const next = await tab(page.context());
    await page.close();
    await begin(next);
    await quiet(next, 'the cap is still used up', 2500);
  });

  /** A second offer of a visit, ten minutes after the first, is within what the starter allows. */
  async function second(page) {
    await meet(page);
    await page.evaluate(() => globalThis.tab.expire());
    await patience(page, 300);
    await page.evaluate(() => globalThis.tab.pass(20 * 60_000));
    await trouble(page);
    await patience(page, 2500);
    const { kind, told } = await state(page);
    return { kind, touches: new Set(told.filter(({ event }) => event === 'shown').map(({ touch }) => touch)).size };
  }

  test('what tabs share allows what the policy allows', async () => {
    const [page] = await tabs(1, undefined, '&starter');
    assert.deepEqual(await second(page), { kind: 'shared', touches: 2 });
  });

  const NO_DATABASE = () => { indexedDB.open = () => { throw new Error('not here'); }; };

  test('without IndexedDB a page by itself makes one offer at most, and none after a reload', async () => {
    const [page] = await tabs(1, NO_DATABASE, '&starter');
    assert.deepEqual(await second(page), { kind: 'memory', touches: 1 });
    await page.reload();
    await page.waitForFunction(() => globalThis.tab);
    await begin(page);
    await quiet(page);
  });

  test('memories take turns as well', async () => {
    const pages = await tabs(2, NO_DATABASE);
    await all(pages, (id) => globalThis.tab.begin(id), 'ada');
    await all(pages, () => globalThis.tab.trouble());
    await patience(pages[0], 2500);
    assert.equal((await Promise.all(pages.map(state))).filter(({ screen }) => screen).length, 1);
  });

  test('without a way to take turns nothing unasked is offered, and who asks is answered', async () => {
    const [page] = await tabs(1, () => Object.defineProperty(navigator, 'locks', { value: undefined }));
    await begin(page, { moment: { routes: [{ route: 'human', open: true, staffed: true, waitP80Ms: 60000 }] } });
    await trouble(page);
    await patience(page);
    assert.deepEqual([(await state(page)).kind, (await state(page)).screen], ['memory', undefined]);
    await page.evaluate(() => globalThis.tab.ask());
    await offered(page);
  });

  test('before anybody has agreed nothing is written; afterwards it is kept, with what was offered before', async () => {
    const [page] = await tabs(1);
    const written = () => page.evaluate(async () => [sessionStorage.length, localStorage.length, (await indexedDB.databases()).length]);
    await meet(page, { memory: true });
    await page.evaluate(() => dispatchEvent(new PageTransitionEvent('pagehide')));
    assert.deepEqual(await written(), [0, 0, 0]);
    await page.evaluate(() => globalThis.tab.keep());
    assert.equal((await state(page)).kind, 'shared');
    const next = await tab(page.context());
    await page.close();
    await begin(next);
    await quiet(next, 'the cap of the day is used up');
  });

  test('never here is heard in a tab that is open, and in a visit that goes on', async () => {
    const [first, second] = await tabs(2, undefined, '&starter');
    await begin(first);
    await begin(second);
    await first.evaluate(() => document.dispatchEvent(new CustomEvent('tactful:never', { detail: { on: true } })));
    await patience(second, 500);
    await quiet(second);
    await reload(second);
    await begin(second);
    await quiet(second);
  });

  test('what is said of another person\'s offer on the page is not heard', async () => {
    const [page] = await tabs(1);
    await begin(page);
    await page.evaluate(() => {
      for (const [name, detail] of [['never', { on: true }], ['wish', { for: 'noHelp' }], ['dismissed', { never: true }]])
        document.dispatchEvent(new CustomEvent(`tactful:${name}`, { detail: { ...detail, touch: 'of somebody else' } }));
    });
    await patience(page, 300);
    await trouble(page);
    await offered(page);
  });

  test('a database that another tab has made anew hides nothing', async () => {
    const [old] = await tabs(1, undefined, '&starter');
    await begin(old);
    for (let i = 0; i < 5; i++) await old.evaluate((i) => globalThis.tab.learn([{ type: 'ask', id: `a${i}`, at: i, source: 'page', field: `f${i}`, step: 'asked' }]), i);
    await evict(old);
    const next = await tab(old.context(), '&starter');
    await begin(next);
    await next.evaluate(() => document.dispatchEvent(new CustomEvent('tactful:never', { detail: { on: true } })));
    await patience(old, 500);
    await quiet(old);
  });

  test('what passed long ago is not kept, what holds until taken back is, and less is known from then on', async () => {
    const [page] = await tabs(1);
    const old = Date.now() - 500 * 86_400_000;
    await begin(page);
    await page.evaluate((at) => globalThis.tab.learn([
      { type: 'touch', id: 't', at, source: 'page', touch: 't', step: 'shown', purpose: 'pitch', channel: 'web' },
      { type: 'sensitive', id: 's', at, source: 'page', kind: 'bereavement', step: 'on' },
    ]), old);
    await reload(page);
    await begin(page);
    assert.deepEqual((await kept(page)).map(({ type }) => type), ['sensitive']);
    const { privacy } = await state(page);
    assert.ok(privacy.pitch.blockers.some(({ code }) => code === 'sensitive_moment'));
  });

  test('a store that is closed gives the floor to another tab, and takes its offer off the screen', async () => {
    const [first, second] = await besideAnOffer();
    await trouble(second);
    await first.evaluate(() => globalThis.tab.close());
    await offered(second);
    assert.equal((await state(first)).screen, undefined);
  });

  test('what was seen cannot be unseen: cancelled later it still counts', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await patience(page, 300);
    await reload(page);
    await page.evaluate(() => { globalThis.refuses = true; });
    await begin(page);
    await page.waitForFunction(() => globalThis.tab.state().told.some(({ touch }) => touch));
    await patience(page, 300);
    assert.deepEqual(await page.evaluate(async () => (await navigator.locks.query()).held.length), 0, 'nobody is kept from offering');
    await patience(page, 300);
    const next = await tab(page.context());
    await page.close();
    await begin(next);
    await quiet(next);
  });

  test('what a script of the site deletes stays deleted', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await page.evaluate(async () => {
      for (const { name } of await indexedDB.databases())
        await new Promise((resolve, reject) => { Object.assign(indexedDB.deleteDatabase(name), { onsuccess: resolve, onblocked: reject }); });
    });
    await page.evaluate(() => globalThis.tab.learn([{ type: 'ask', id: 'a', at: 1, source: 'page', field: 'topic', step: 'asked' }]));
    await patience(page, 300);
    assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).length), 0);
  });

  test('that storage failed is told', async () => {
    const [page] = await tabs(1, NO_DATABASE);
    await begin(page);
    await patience(page, 300);
    assert.match((await state(page)).told.find(({ event }) => event === 'error').message, /keeps nothing/);
  });

  test('what another version has kept is left where it is, and nobody is disturbed meanwhile', async () => {
    const [page] = await tabs(1);
    await begin(page);
    await patience(page, 200);
    await page.evaluate(async () => {
      const database = await globalThis.database();
      await new Promise((resolve) => {
        const transaction = database.transaction('events', 'readwrite');
        transaction.objectStore('events').add({ type: 'telepathy', id: '1', at: 1, source: 'page' });
        transaction.objectStore('events').add({ type: 'touch', id: '2', at: Date.now() - 1000, source: 'page', touch: 't', step: 'shown', purpose: 'survey', channel: 'web' });
        transaction.oncomplete = resolve;
      });
      database.close();
    });
    await reload(page);
    await begin(page);
    await trouble(page);
    await patience(page);
    const { screen, kind, privacy } = await state(page);
    assert.deepEqual([screen, kind], [undefined, 'shared']);
    assert.ok(privacy.survey.blockers.some(({ code }) => code === 'survey_fatigue'), 'the rest counts');
  });

  test('never here holds on the next page and in the next visit, until taken back', async () => {
    const [page] = await tabs(1);
    await meet(page);
    await page.evaluate(() => globalThis.tab.outcome('dismissed', { never: true }));
    await patience(page, 300);
    const next = await tab(page.context());
    await begin(next);
    await trouble(next);
    await patience(next);
    const { screen, told } = await state(next);
    assert.equal(screen, undefined);
    assert.ok(told.some(({ because }) => because?.includes('customer_asked')), JSON.stringify(told));
    await next.evaluate(() => document.dispatchEvent(new CustomEvent('tactful:never', { detail: { on: false } })));
    await patience(next, 300);
    const later = await tab(page.context());
    await begin(later);
    assert.ok((await state(later)).told.every(({ because }) => !because?.includes('customer_asked')));
  });

  test('what the host does not show is not counted', async () => {
    const [page] = await tabs(1);
    await begin(page);
    await page.evaluate(() => { globalThis.refuses = true; });
    await trouble(page);
    await page.waitForFunction(() => globalThis.tab.state().offer?.step === 'cancelled');
    await patience(page, 300);
    const next = await tab(page.context());
    await page.close();
    await meet(next);
  });

  test('what the host does not show is told once, even where the date moves with the time', async () => {
    const [page] = await tabs(1);
    await page.evaluate(() => { globalThis.refuses = true; });
    await begin(page, { moment: { routes: [{ route: 'human', open: false }] } });
    await page.evaluate(() => globalThis.tab.ask());
    await page.waitForFunction(() => globalThis.tab.state().offer?.step === 'cancelled');
    await patience(page, 3000);
    const { told } = await state(page);
    assert.deepEqual(told.filter(({ touch }) => touch).map(({ event, route }) => [event, route]), [['decision', 'human']]);
    assert.deepEqual((await kept(page)).map(({ step }) => step), ['cancelled']);
  });

  test('an offer by a date is not told anew each second', async () => {
    const [page] = await tabs(1, undefined, '&starter');
    await begin(page, { moment: { routes: [{ route: 'human', open: false }] } });
    await page.evaluate(() => globalThis.tab.ask());
    await offered(page).catch(() => {});
    await patience(page, 4000);
    const { told } = await state(page);
    const dated = told.filter(({ event, route }) => event === 'decision' && route === 'human');
    assert.ok(dated.length >= 1 && dated.length <= 2, `told ${dated.length} times`);
  });

  test('only what events are made of is kept, and what cannot be copied does no harm', async () => {
    const [page] = await tabs(1);
    await begin(page);
    await page.evaluate(() => globalThis.tab.learn(new Proxy({ type: 'incident', id: 'i', at: 1, source: 's', incident: 'i', step: 'started', topics: ['export'], email: 'ada@example.org', run: () => {} }, {})));
    assert.equal((await state(page)).kind, 'shared');
    assert.deepEqual(await kept(page), [{ type: 'incident', id: 'i', at: 1, source: 's', incident: 'i', step: 'started', topics: ['export'] }]);
  });

  test('Global Privacy Control is heard without being told', async () => {
    const [page] = await tabs(1, () => Object.defineProperty(navigator, 'globalPrivacyControl', { value: true }));
    const granted = ['marketing', 'profiling'].map((purpose, i) => ({ type: 'consent', id: `c${i}`, at: 1, source: 'crm', purpose, state: 'granted' }));
    await begin(page, { history: granted });
    await trouble(page);
    // Told as the observer tells it, not as this page does.
    const codes = await page.evaluate(async () => {
      const decision = await new Promise((resolve) => document.addEventListener('tactful:decision', ({ detail }) => resolve(detail), { once: true }));
      return decision.verdicts.pitch.blockers.map(({ code }) => code);
    });
    assert.ok(codes.includes('privacy_signal'), codes.join());
  });

  test('what is forgotten is forgotten in every tab, and nobody writes it again', async () => {
    const pages = await tabs(2);
    await all(pages, (id) => globalThis.tab.begin(id), 'ada');
    await trouble(pages[0]);
    await offered(pages[0]);
    await patience(pages[1], 300);
    await pages[0].evaluate(() => globalThis.tab.forget());
    await trouble(pages[1]);
    await pages[1].evaluate(() => globalThis.tab.learn([{ type: 'ask', id: 'a', at: 1, source: 'page', field: 'topic', step: 'asked' }]));
    await patience(pages[1]);
    assert.equal((await state(pages[1])).screen, undefined);
    // Nor the one that forgot, whatever happens in it later.
    await trouble(pages[0]);
    await pages[0].evaluate(() => globalThis.tab.learn([{ type: 'ask', id: 'b', at: 1, source: 'page', field: 'topic', step: 'asked' }]));
    await all(pages, () => dispatchEvent(new PageTransitionEvent('pagehide')));
    await patience(pages[0], 500);
    for (const page of pages) {
      assert.deepEqual(await page.evaluate(async () => (await indexedDB.databases()).map(({ name }) => name)), []);
      assert.equal(await page.evaluate(() => sessionStorage.length), 0);
    }
  });
});
