// What a device keeps of events: every version of each, under its own name, for its own person.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { bench } from './harness.mjs';

const its = bench();
const NOW = 1_800_000_000_000;
const MARKETING = { type: 'consent', id: 'c', at: NOW, source: 'cmp', purpose: 'marketing', state: 'granted' };
const OFF = { type: 'suppression', at: NOW, scope: 'person', reason: 'asked', state: 'on' };

/** Why nobody may be sold to, by what the device keeps; `learned` is learned first. */
async function objections(page, { id = 'ada', name, learned = [] } = {}) {
  await page.goto(its.at('empty.html'));
  return page.evaluate(async ({ id, name, learned, now }) => {
    const { load, openStore } = await import('/pkg/page.js');
    const store = await openStore(await load('/pkg/starter.tactful', { unsigned: true }), id, { name, complete: true });
    for (const event of learned) await store.learn(event);
    const { blockers } = store.person.visit({ startedAt: now }).decide({ now: now + 10 }).verdicts.pitch;
    store.close();
    return blockers.map(({ code }) => code);
  }, { id, name, learned, now: NOW });
}

const fresh = async () => (await its.browser.newContext()).newPage();

test('a permission that was taken back by a correction stays so on the next page', async () => {
  const page = await fresh();
  const here = await objections(page, { learned: [MARKETING, { ...MARKETING, state: 'withdrawn', receivedAt: NOW + 5 }] });
  assert.ok(here.includes('consent_withdrawn'), here.join());
  assert.deepEqual(await objections(page), here);
});

test('events of two sources are two, whatever they are called', async () => {
  const page = await fresh();
  const learned = [{ type: 'milestone', id: 'eu 7', at: NOW, source: 'crm', name: 'activated' }, { ...OFF, id: '7', source: 'crm eu' }];
  const here = await objections(page, { learned });
  assert.ok(here.includes('suppressed'), here.join());
  assert.deepEqual(await objections(page), here);
});

test('nobody is kept under the name of somebody else', async () => {
  const page = await fresh();
  const told = await objections(page, { id: '1', name: 'shop:eu', learned: [{ ...OFF, id: 's', source: 'crm' }] });
  assert.ok(told.includes('suppressed'), told.join());
  const other = await objections(page, { id: 'eu:1', name: 'shop' });
  assert.ok(!other.includes('suppressed'), other.join());
});
