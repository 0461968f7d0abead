// Many visits asked in one call get what each of them gets by itself.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { Tactful, load } from '../../pkg/node.js';
import { compile } from '../../pkg/studio-node.js';

const NOW = Date.UTC(2026, 8, 16, 12);
const policy = await compile({
  id: 'batch',
  facts: { 'my.trouble': { unit: 'permille' }, 'my.queue': { unit: 'people' } },
  guards: { rules: { queue: { order: 1, code: 'queue', when: { what: 'fact:my.queue', atLeast: 10 }, blocks: ['assist', 'pitch'], words: 'Many are waiting.' } } },
  routes: { rules: { trouble: { order: 1, code: 'trouble', when: { what: 'fact:my.trouble', atLeast: 600 }, route: 'human', words: 'You seem to be stuck.' } } },
});
const moment = { now: NOW, routes: [{ route: 'human', asOf: NOW, open: true, staffed: true }] };

/** Visits that differ in what is known, seen and pushed. */
function visits(tactful, count) {
  return Array.from({ length: count }, (_, i) => {
    const person = tactful.person(`p${i}`);
    if (i % 3 === 0) person.learn({ type: 'case', id: 'e', at: NOW - 60_000, source: 'crm', case: 'c', step: 'opened' });
    const visit = person.visit({ startedAt: NOW - 100_000, salt: 0 });
    if (i % 4 === 0) for (const t of [0, 200, 400, 600]) visit.track({ type: 'click', t, target: 'save', control: 'button', x: 1, y: 1 });
    visit.moment(moment);
    return visit;
  });
}
const features = (tactful, i, into, at) => {
  into[at + tactful.slot('my.trouble')] = (i * 137) % 1000;
  if (i % 5 !== 0) into[at + tactful.slot('my.queue')] = i % 20;
};

test('a batch answers as each visit does by itself, at every instant', async () => {
  const tactful = await load(policy, { unsigned: true });
  const [together, apart] = [visits(tactful, 120), visits(tactful, 120)];
  const batch = tactful.batch(together);
  const width = batch.facts.length / together.length;
  const different = new Set();
  for (const later of [0, 1, 5_000, 600_000, 86_400_000]) {
    together.forEach((_, i) => features(tactful, i + later, batch.facts, i * width));
    const bits = batch.bits(NOW + later);
    const own = apart.map((visit, i) => {
      features(tactful, i + later, visit.person.facts, 0);
      return visit.bits(NOW + later);
    });
    assert.deepEqual([...bits], own);
    own.forEach((bits) => different.add(bits));
  }
  assert.ok(different.size > 3, `${different.size} different answers`);
  assert.ok(['human', 'none'].includes(Tactful.answer(batch.bits(NOW)[0]).route));
  batch.free();
  assert.throws(() => batch.bits(NOW), { code: 'DISPOSED' });
});

test('nobody, and what is no visit', async () => {
  const tactful = await load(policy, { unsigned: true });
  assert.equal(tactful.batch([]).bits(NOW).length, 0);
  assert.throws(() => tactful.batch([{}]), { code: 'WRONG_TYPE', path: '/visits/0' });
  const [visit] = visits(tactful, 1);
  visit.end();
  assert.throws(() => tactful.batch([visit]), { code: 'DISPOSED' });
});
