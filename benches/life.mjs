// What a decision costs in life: a visit of 50 page events and a history of 200, one more event, a person in
// memory. `--json` for the report.
import { readFileSync } from 'node:fs';
import { load } from '../pkg/node.js';
import * as glue from '../pkg/wasm/runtime.js';
import { contexts, decidePlain } from './peers/policy.mjs';
import { measure, median } from './peers/measure.mjs';

const NOW = 1_789_552_800_000;
const HOUR = 3_600_000;
const tactful = await load(readFileSync(new URL('../pkg/starter.tactful', import.meta.url)), { unsigned: true });

/** Contacts, notices, facts and milestones, one every three hours. */
function history(count) {
  const body = (i) => [
    { type: 'contact', contact: `c${i}`, step: 'started', channel: 'web', direction: 'in', matter: `m${i % 7}` },
    { type: 'contact', contact: `c${i - 1}`, step: 'ended', channel: 'web', direction: 'in', matter: `m${(i - 1) % 7}`, solved: true },
    { type: 'touch', touch: `t${i}`, step: 'sent', purpose: 'serviceNotice', channel: 'email' },
    { type: 'fact', name: 'plan.seats', value: i },
    { type: 'milestone', name: 'limitHit' },
  ][i % 5];
  const events = Array.from({ length: count }, (_, i) => ({ ...body(i), id: `e${i}`, at: NOW - (count - i) * 3 * HOUR, source: 's' }));
  return [{ type: 'consent', id: 'p', at: NOW - 100_000 * HOUR, source: 's', purpose: 'profiling', state: 'granted' }, ...events];
}
function browse(visit) {
  for (let i = 0; i < 50; i++) {
    const body = [
      { type: 'pageView', page: `p${i}`, role: 'article' },
      { type: 'click', x: 10 + i, y: 20, target: `b${i}`, control: 'button' },
      { type: 'scroll', y: 100 },
      { type: 'search', results: 0, lenTokens: 3 },
      { type: 'effect', cause: 'mutation' },
    ][i % 5];
    visit.track({ ...body, t: i * 1500 });
  }
}
const moment = {
  now: NOW + 80_000,
  routes: ['human', 'chatbot'].map((route) => ({ route, asOf: NOW, open: true, staffed: true })),
  articles: [{ id: 'a', matter: 'm1', solves: 500 }],
};
const memory = () => glue.initSync().memory.buffer.byteLength;

const people = 1000;
const before = memory();
const kept = Array.from({ length: people }, (_, i) => {
  const person = tactful.person(`m${i}`);
  person.learn(history(200));
  const visit = person.visit({ startedAt: NOW, salt: 0 });
  browse(visit);
  visit.moment(moment);
  visit.bits(moment.now);
  return visit;
});
const bytes = (memory() - before) / people;
const [visit] = kept;
const row = (id, decide) => ({ id, meta: {}, e: { decide }, ns: [], sink: 0 });
let later = 0;
const rows = [
  row('plain-js', decidePlain),
  row('decision', () => ({ action: visit.decide({ ...moment, now: moment.now + (later += 1) }).route })),
  row('answer', () => (visit.bits(moment.now + (later += 1)), { action: '' })),
];
await measure(rows, contexts(200), { rounds: 9, targetMs: 60, gc: globalThis.gc });
const ns = Object.fromEntries(rows.map(({ id, ns }) => [id, median(ns)]));

/** Learning one more event, and the answer after it. */
function oneMore(count) {
  const person = tactful.person(`h${count}`);
  person.learn(history(count));
  const visit = person.visit({ startedAt: NOW, salt: 0 });
  visit.moment(moment);
  const times = Array.from({ length: 41 }, (_, i) => {
    const start = performance.now();
    person.learn({ type: 'milestone', name: 'limitHit', id: `more${i}`, at: NOW + i, source: 's' });
    visit.bits(moment.now);
    return performance.now() - start;
  });
  return median(times) * 1e6;
}
const [few, many] = [oneMore(10), oneMore(10_000)];
const result = { ...ns, bytes, few, many };
if (process.argv.includes('--json')) console.log(JSON.stringify(result));
else
  console.log(`| in life | |
| --- | ---: |
| full Decision, 50 page events and 200 of history | ${(ns.decision / 1000).toFixed(0)} µs, ${(ns.decision / ns['plain-js']).toFixed(0)} x plain JS |
| the hot call of the same visit, a millisecond later | ${ns.answer.toFixed(0)} ns, ${(ns.answer / ns['plain-js']).toFixed(1)} x |
| one person with all that, in wasm | ${(bytes / 1024).toFixed(0)} KiB |
| one more event and an answer, after 10 | ${(few / 1000).toFixed(0)} µs |
| after 10,000 | ${(many / 1000).toFixed(0)} µs |`);
