// What comparing two policies on a log costs, in Node: `diff` and `replay` of the same 100,000 decisions.
import { readFileSync, readdirSync } from 'node:fs';
import { diff, record, replay } from '../pkg/studio-node.js';

const RECORDS = 100_000;
const HOUR = 3_600_000;
const folder = new URL('../examples/stories/', import.meta.url);
const stories = readdirSync(folder).map((name) => JSON.parse(readFileSync(new URL(name, folder), 'utf8'))).map((story) => ({ ...story, policy: undefined }));
const lines = await Promise.all(stories.map((story) => record(story, { groups: { region: 'north' } })));

/** The sample stories, again and again, as one log: made piece by piece, never as a whole. */
function* log() {
  for (let i = 0; i < RECORDS; i += lines.length) yield `${lines.slice(0, Math.min(lines.length, RECORDS - i)).join('\n')}\n`;
}

const stricter = { guards: { windows: { openCase: { coolingMs: 24 * HOUR, confirmedCoolingMs: 24 * HOUR } } }, routes: { thresholds: { offerHelp: 400 } } };
const timed = async (run) => {
  const start = performance.now();
  const found = await run();
  return [performance.now() - start, found];
};

await replay(lines.join('\n'));
const [replaying, { same }] = await timed(() => replay(log()));
const [comparing, { changed }] = await timed(() => diff({}, stricter, log()));
if (same !== RECORDS) throw new Error(`${same} of ${RECORDS} replayed`);
console.log(`| ${RECORDS.toLocaleString('en')} decisions, one pass | time | per decision |
| --- | ---: | ---: |
| replay | ${(replaying / 1000).toFixed(1)} s | ${((replaying * 1000) / RECORDS).toFixed(0)} µs |
| diff (${changed.records.toLocaleString('en')} change) | ${(comparing / 1000).toFixed(1)} s | ${((comparing * 1000) / RECORDS).toFixed(0)} µs |
| ratio | ${(comparing / replaying).toFixed(2)} | |`);
