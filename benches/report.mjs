// Everything that is measured, in one run on one machine: the tables of benches/README.md and the figure of
// the README. `make bench-report`; some minutes, and nothing else should run meanwhile.
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { build } from './peers/node_modules/esbuild/lib/main.js';
import { launch, serve } from '../tests/browser/harness.mjs';

const here = fileURLToPath(new URL('./', import.meta.url));
const node = (file, args = [], env = {}) => execFileSync(process.execPath, ['--expose-gc', `${here}${file}`, ...args], { cwd: `${here}peers`, encoding: 'utf8', env: { ...process.env, ...env }, maxBuffer: 1 << 26 });
const PEERS = ['json-logic-engine-build', 'json-logic-engine-run', 'cel-js', 'datalogic-wasm', 'limit-bits'];

mkdirSync(`${here}peers/.build`, { recursive: true });
const out = `${here}peers/.build/report.json`;
node('peers/bench.mjs', ['tactful', 'tactful-batch', ...PEERS], { JSON: out });
const rows = Object.fromEntries(JSON.parse(readFileSync(out, 'utf8')).map((row) => [row.id, row]));
const life = JSON.parse(node('life.mjs', ['--json']));
const cold = Number(node('peers/cold.mjs', ['tactful']).match(/\| tactful \|[^|]*\|[^|]*\| ([\d.]+)/)[1]);
const sizes = Object.fromEntries([...node('sizes.mjs').matchAll(/\| (runtime|page|studio) \|(?:[^|]*\|){3} ([\d,]+)/g)].map(([, name, bytes]) => [name, Number(bytes.replaceAll(',', '')) / 1000]));
const observing = node('observer.mjs');
const [, click] = observing.match(/\| script \|[^|]*\| \+ (\d+) µs/);
const [, mutation] = observing.match(/ns \| \d+ ns \| ([\d.]+) \|/);

await build({ entryPoints: [`${here}peers/browser.mjs`], bundle: true, format: 'esm', platform: 'browser', outfile: `${here}peers/.build/browser.mjs`, logLevel: 'error' });
const [browser, site] = await Promise.all([launch(), serve(fileURLToPath(new URL('../', import.meta.url)))]);
const page = await browser.newPage();
await page.goto(`${site.url}tests/browser/empty.html`);
const inPage = await page.evaluate(async () => {
  const [{ run }, { load, Tactful }] = await Promise.all([import('/benches/peers/.build/browser.mjs'), import('/pkg/web.js')]);
  return run({ load, Tactful, policy: '/benches/peers/.build/tactful.policy' });
});
const version = await browser.version();
await browser.close();
site.stop();
const chromium = Object.fromEntries(inPage.map((row) => [row.id, row]));

const plain = rows['plain-js'].ns;
const us = rows.tactful.ns;
const times = (x) => `${x.toFixed(x < 10 ? 2 : 0)}×`;
/** A measure, what was measured, the floor and the aim; less is better unless `more`. */
const measure = (name, value, unit, must, goal, more) => ({ name, value, text: unit(value), must, goal, met: more ? value >= must : value <= must, reached: more ? value >= goal : value <= goal, limits: [must, goal].map((it) => `${more ? '≥' : '≤'} ${unit(it)}`) });
const kb = (x) => `${x.toFixed(0)} KB`;
const table = [
  measure('decide, person and visit resident, one fact changes, vs plain JS', rows['tactful-resident'].ratio, times, 2, 0.6),
  measure('decide after pushing 24 facts from a plain object, vs plain JS', rows.tactful.ratio, times, 4, 1.3),
  measure('1,000 resident sessions in one call, a decision, vs plain JS', rows['tactful-batch'].ratio, times, 2, 0.5),
  measure('full Decision, 50 page events and 200 of history, vs plain JS', life.decision / plain, times, 25, 8),
  measure('track one page event and decide, vs the same in plain objects', rows['tactful-track'].ns / rows['track-plain'].ns, times, 1, 0.4),
  measure('faster than json-logic-engine build() (needs eval)', rows['json-logic-engine-build'].ns / us, times, 4, 15, true),
  measure('faster than the best without eval', Math.min(rows['json-logic-engine-run'].ns, rows['cel-js'].ns) / us, times, 10, 50, true),
  measure('faster than the best Rust wasm on npm (datalogic)', rows['datalogic-wasm'].ns / us, times, 50, 300, true),
  measure('runtime edition, wasm and JS, gzip -9', sizes.runtime, kb, 60, 40),
  measure('page edition', sizes.page, kb, 80, 55),
  measure('studio edition', sizes.studio, kb, 350, 220),
  measure('cold start in a fresh process, first decision included', cold, (x) => `${x.toFixed(0)} ms`, 15, 6),
  measure('one person in memory, 200 events and a visit', life.bytes / 1000, kb, 32, 8),
  measure('one more event, after 10,000 vs after 10', life.many / life.few, times, 2, 1),
  measure('observing: script a click', click / 1000, (x) => `${x.toFixed(2)} ms`, 0.2, 0.05),
  measure('observing: a mutation while no click is undecided, with and without', Number(mutation), times, 1.05, 1),
];
const targets = [
  '| measure | measured | must | goal | |', '| --- | ---: | ---: | ---: | --- |',
  ...table.map(({ name, text, limits, met, reached }) => `| ${name} | **${text}** | ${limits[0]} | ${limits[1]} | ${reached ? 'goal' : met ? 'must' : 'missed'} |`),
].join('\n');
const NAMES = { 'plain-js': 'plain JS, hand-written', tactful: 'tactful, 24 facts pushed', 'tactful-resident': 'tactful, resident, one fact changes', 'tactful-batch': 'tactful, 1,000 in one call', 'json-logic-engine-build': 'json-logic-engine, build() (eval)', 'json-logic-engine-run': 'json-logic-engine, run()', 'cel-js': '@marcbachmann/cel-js', 'datalogic-wasm': '@goplasmatic/datalogic (Rust wasm)', 'limit-bits': 'limit probe (Rust wasm, nothing but rules)' };
const cell = (row) => (row ? `${row.ns.toFixed(0)} ns, ${times(row.ratio)}` : '–');
const engines = ['| engine | Node | Chromium |', '| --- | ---: | ---: |', ...Object.entries(NAMES).map(([id, name]) => `| ${name} | ${cell(rows[id])} | ${cell(chromium[id])} |`)].join('\n');
const where = `Node ${process.version}, Chromium ${version.split('.')[0]}, ${os.cpus()[0].model.trim()}, ${os.cpus().length} cores, ${new Date().toISOString().slice(0, 10)}. ${table.filter(({ met }) => met).length} of ${table.length} musts and ${table.filter(({ reached }) => reached).length} goals are met.`;
const inLife = `| in life (starter policy) | |\n| --- | ---: |\n| the hot call of a visit with trouble, a millisecond later | ${life.answer.toFixed(0)} ns |\n| a full \`Decision\` of it | ${(life.decision / 1000).toFixed(0)} µs |\n| one more event and an answer, after 10 | ${(life.few / 1000).toFixed(0)} µs |\n| after 10,000 | ${(life.many / 1000).toFixed(0)} µs |`;

const readme = `${here}README.md`;
let text = readFileSync(readme, 'utf8');
for (const [mark, content] of [['where', where], ['targets', targets], ['engines', engines], ['life', inLife]]) {
  const [open, close] = [`<!-- ${mark} -->\n`, `<!-- /${mark} -->`];
  const [from, to] = [text.indexOf(open) + open.length, text.indexOf(close)];
  if (from < open.length || to < from) throw new Error(`benches/README.md has lost its marker ${mark}`);
  text = `${text.slice(0, from)}${content}\n${text.slice(to)}`;
}
writeFileSync(readme, text);

/** Bars on a logarithmic scale, in the colours of whoever reads. */
const BARS = ['tactful-resident', 'tactful-batch', 'tactful', 'json-logic-engine-build', 'json-logic-engine-run', 'cel-js', 'datalogic-wasm'];
const width = (ns) => (Math.log10(ns / plain) / Math.log10(rows['datalogic-wasm'].ns / plain)) * 300;
const bar = (id, i) => {
  const y = 44 + i * 30;
  const ours = id.startsWith('tactful');
  return `<text x="270" y="${y + 14}" text-anchor="end">${NAMES[id].replace('&', '&amp;')}</text><rect class="${ours ? 'us' : 'them'}" x="280" y="${y}" width="${Math.max(2, width(rows[id].ns)).toFixed(0)}" height="20" rx="3"/><text class="n" x="${(288 + width(rows[id].ns)).toFixed(0)}" y="${y + 14}">${times(rows[id].ratio)}</text>`;
};
writeFileSync(`${here}speed.svg`, `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 680 ${60 + BARS.length * 30}" role="img" aria-labelledby="t">
<title id="t">Time of one decision as a multiple of hand-written JavaScript, on a logarithmic scale: ${BARS.map((id) => `${NAMES[id]} ${times(rows[id].ratio)}`).join('; ').replaceAll('&', '&amp;')}</title>
<style>text{font:13px system-ui,sans-serif;fill:#1f2430}.n{font-weight:600}.us{fill:#0b6e4f}.them{fill:#9aa3b2}@media(prefers-color-scheme:dark){text{fill:#e6e8ee}.us{fill:#4fc79a}.them{fill:#5b6475}}</style>
<text x="280" y="28">one decision, in multiples of hand-written JavaScript (logarithmic)</text>
${BARS.map(bar).join('\n')}
</svg>
`);
console.log(`${where}\n\n${targets}\n\n${engines}`);
