// The life of a policy in a real browser: its own WebCrypto verifies, and a policy on trial acts on nobody.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { approve, compile, keys, replay } from '../../pkg/studio-node.js';
import { launch, serve } from './harness.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));

async function inPage(run) {
  const [browser, site] = await Promise.all([launch(), serve(root)]);
  try {
    const page = await browser.newPage();
    await page.goto(`${site.url}tests/browser/empty.html`);
    await run(page);
  } finally {
    await browser.close();
    site.stop();
  }
}

test('Chromium verifies what two people signed, and refuses it edited or signed by one', async () => {
  const policy = { id: 'acme', version: '1', status: 'live' };
  const approvers = {};
  let whole = policy;
  const versions = [];
  for (const [by, role] of [['mara', 'compliance'], ['jo', 'CX operations']]) {
    const { publicKey, privateKey } = await keys();
    approvers[by] = { key: publicKey, roles: [role] };
    whole = { ...whole, approvals: (await approve(whole, { by, role, privateKey })).approvals };
    versions.push([...(await compile(whole))]);
  }
  versions.push([...(await compile({ ...whole, guards: { caps: { pitchWeek: { limit: 3 } } } }))]);
  await inPage(async (page) => {
    for (const edition of ['page.js', 'web.js']) {
      const outcomes = await page.evaluate(
        async ([edition, versions, approvers]) => {
          const { load } = await import(`/pkg/${edition}`);
          const outcome = (bytes) => load(new Uint8Array(bytes), { approvers }).then(({ acts }) => acts, ({ code }) => code);
          return Promise.all(versions.map(outcome));
        },
        [edition, versions, approvers],
      );
      assert.deepEqual(outcomes, ['NOT_APPROVED', true, 'NOT_APPROVED'], edition);
    }
  });
});

test('in shadow a page is left alone whatever happens on it, and what would have been done is on record', async () => {
  await inPage(async (page) => {
    await page.evaluate(async () => {
      document.body.innerHTML = '<main data-tactful-page="export" data-tactful-role="app"><button id="dead">Export</button></main>';
      const { load, observe } = await import('/pkg/page.js');
      const tactful = await load({ id: 'acme', status: 'shadow' });
      const visit = tactful.person('ada').visit({ record: true });
      globalThis.offered = [];
      document.addEventListener('tactful:decision', ({ detail }) => offered.push(detail.route));
      document.addEventListener('tactful:error', ({ detail }) => offered.push(detail.message));
      const moment = () => ({ now: Date.now(), routes: ['human', 'chatbot'].map((route) => ({ route, asOf: Date.now(), open: true, staffed: true })) });
      globalThis.observer = observe(visit, { moment });
      globalThis.record = () => visit.record(moment(), { groups: { region: 'north' } });
    });
    for (let i = 0; i < 6; i++) await page.click('#dead', { delay: 20 });
    await page.waitForTimeout(4500);
    await page.evaluate(() => observer.wish('person'));
    await page.waitForTimeout(300);
    const { offered, line } = await page.evaluate(() => ({ offered, line: record() }));
    assert.deepEqual(offered.filter((route) => route !== 'none'), [], 'nothing is offered');
    const { decision, visit, groups } = JSON.parse(line);
    assert.equal(decision.route, 'human');
    assert.ok(visit.events.some(({ type }) => type === 'click') && visit.events.some(({ type }) => type === 'wish'), 'page events and what was said, in one record');
    assert.deepEqual(groups, { region: 'north' });
    const found = await replay(line, { policies: [{ id: 'acme' }] });
    assert.deepEqual([found.same, found.different.count, found.bad.count], [1, 0, 0], JSON.stringify(found));
  });
});

test('who comes back to a page after weeks is heard, and that a visit has lasted too long is said once', async () => {
  await inPage(async (page) => {
    await page.evaluate(async () => {
      document.body.innerHTML = '<main data-tactful-page="export" data-tactful-role="app"></main>';
      const { load, observe } = await import('/pkg/page.js');
      const visit = (await load('/pkg/starter.tactful', { unsigned: true })).person('ada').visit({ startedAt: Date.now() - 30 * 86_400_000 + 3000 });
      globalThis.told = [];
      document.addEventListener('tactful:decision', ({ detail }) => told.push(detail.route));
      document.addEventListener('tactful:error', (event) => { event.preventDefault(); told.push(event.detail.code); });
      globalThis.observer = observe(visit, { moment: () => ({ now: Date.now(), routes: [{ route: 'human', asOf: Date.now(), open: true, staffed: true }] }) });
      observer.wish('person');
    });
    await page.waitForFunction(() => told.includes('human'), undefined, { timeout: 2500 });
    await page.waitForTimeout(5500);
    assert.equal((await page.evaluate(() => told)).filter((each) => each === 'OUT_OF_RANGE').length, 1);
  });
});

test('a form whose fields are called like what is asked of it keeps nobody from being heard', async () => {
  await inPage(async (page) => {
    await page.evaluate(async () => {
      const fields = ['matches', 'closest', 'querySelector', 'getAttribute', 'hasAttribute'].map((name) => `<input name="${name}">`).join('');
      document.body.innerHTML = `<main data-tactful-page="export" data-tactful-role="app"><button id="beside" type="button">Filter</button><form>${fields}</form></main>`;
      const { load, observe } = await import('/pkg/page.js');
      const visit = (await load('/pkg/starter.tactful', { unsigned: true })).person('ada').visit();
      globalThis.told = [];
      document.addEventListener('tactful:decision', ({ detail }) => told.push(detail.route));
      document.addEventListener('tactful:error', ({ detail }) => told.push(detail.message));
      globalThis.observer = observe(visit, { moment: () => ({ now: Date.now(), routes: [{ route: 'human', asOf: Date.now(), open: true, staffed: true }] }) });
    });
    // By hand: what drives the browser asks forms the same.
    const [x, y] = await page.evaluate(() => {
      const { left, top } = document.getElementById('beside').getBoundingClientRect();
      return [left + 5, top + 5];
    });
    await page.mouse.click(x, y);
    await page.evaluate(() => document.forms[0].elements[1].focus());
    await page.keyboard.type('x');
    await page.mouse.click(x, y);
    await page.evaluate(() => observer.wish('person'));
    await page.waitForFunction(() => told.includes('human'), undefined, { timeout: 2500 });
    assert.deepEqual((await page.evaluate(() => told)).filter((each) => !['human', 'none'].includes(each)), []);
  });
});
