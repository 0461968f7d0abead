// All guards for all purposes on a history of 200 events, in wasm, beside the hand-written decision of
// this bench, in one process: `make bench-guards`. A new moment makes the whole answer anew.
import { readFileSync } from 'node:fs';
import { load } from '../../pkg/node.js';
import { contexts, decidePlain } from './policy.mjs';

const HOUR = 3_600_000;
const NOW = 200 * HOUR;
const PURPOSES = ['pitch', 'survey', 'reachOutHelp', 'serviceNotice'];

/** Median nanoseconds of a run, of many rounds. */
function nanoseconds(run, times) {
  const round = () => {
    const start = process.hrtime.bigint();
    for (let i = 0; i < times; i++) run(i);
    return Number(process.hrtime.bigint() - start) / times;
  };
  const rounds = Array.from({ length: 61 }, round).sort((a, b) => a - b);
  return rounds[30];
}

const tactful = await load(readFileSync(new URL('../../pkg/starter.tactful', import.meta.url)), { unsigned: true });
const person = tactful.person('ada');
person.learn(
  Array.from({ length: 200 }, (_, i) => ({
    type: 'touch', id: `e${i}`, at: i * HOUR, source: 's', touch: `t${i}`, step: 'sent', purpose: PURPOSES[i % 4], channel: 'email',
  })),
);
const visit = person.visit({ startedAt: NOW, salt: 0 });
const all = contexts(1000);
const plain = nanoseconds((i) => decidePlain(all[i % 1000]), 5000);
const anew = nanoseconds(() => {
  visit.moment({ now: NOW });
  visit.answer(NOW);
}, 50);
const kept = nanoseconds(() => visit.answer(NOW), 5000);
console.log('| guards on 200 events | ns | x hand-written |\n| --- | ---: | ---: |');
for (const [what, ns] of [['hand-written decision of the bench', plain], ['all guards, the answer kept', kept], ['all guards, anew', anew]])
  console.log(`| ${what} | ${ns.toFixed(0)} | ${(ns / plain).toFixed(1)} |`);
