// The same decision in a page: bundled for it by ../report.mjs, with us loaded from the package's own files.
import { contexts, decidePlain } from './policy.mjs';
import { measure, median } from './measure.mjs';
import * as jsonLogic from './engines/json-logic-engine-build.mjs';
import * as jsonLogicRun from './engines/json-logic-engine-run.mjs';
import * as cel from './engines/cel-js.mjs';
import { NOW, action, begin, put, words } from './tactful/adapter.mjs';

/** Medians in ns and ratios to plain JS, after all have agreed on every context. */
export async function run({ load, Tactful, policy }) {
  const C = contexts(1000);
  const tactful = await load(policy, { unsigned: true });
  const map = words(tactful);
  const { person, visit } = begin(tactful);
  const us = (change) => (c) => {
    change(person.facts, c);
    const bits = visit.bits(NOW);
    return { action: action(map, bits, Tactful), reasons: map.sets[visit.ownBlockers()] };
  };
  const peer = async (engine) => (await engine.init()).decide;
  const engines = [
    ['plain-js', decidePlain], ['tactful', us((facts, c) => put(facts, c, map.slots))],
    ['json-logic-engine-build', await peer(jsonLogic)], ['json-logic-engine-run', await peer(jsonLogicRun)], ['cel-js', await peer(cel)],
  ];
  for (const [id, decide] of engines)
    for (const [i, c] of C.entries()) {
      const [got, want] = [decide(c), decidePlain(c)];
      if (got.action !== want.action || [...got.reasons].sort().join() !== want.reasons.join()) throw new Error(`${id} disagrees on context ${i}`);
    }
  const rows = [...engines, ['tactful-resident', us((facts) => (facts[map.slots[7]] ^= 1))]].map(([id, decide]) => ({ id, meta: {}, e: { decide }, ns: [], sink: 0 }));
  await measure(rows, C, { rounds: 9, targetMs: 40 });
  const base = rows[0].ns;
  return rows.map(({ id, ns }) => ({ id, ns: median(ns), ratio: median(ns.map((x, i) => x / base[i])) }));
}
