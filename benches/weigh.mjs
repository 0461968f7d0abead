// What every kilobyte of an edition is: the module with its names, by part, written into benches/README.md.
// `make weigh`. What wasm-bindgen removes afterwards is left out.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../', import.meta.url));
const target = `${root}target/weigh`;
const env = { ...process.env, CARGO_TARGET_DIR: target, CARGO_PROFILE_RELEASE_STRIP: 'none', CARGO_PROFILE_RELEASE_OPT_LEVEL: 'z' };
const PARTS = [
  ['guards', /tactful::guard/], ['routing, promises, dates', /tactful::(route|promise|time|ask|handoff|zone)/], ['scores, journeys, effort, readiness', /tactful::(score|journey|readiness|known|feed)/],
  ['the pipeline and its account', /tactful::(decide|resident|decision)/], ['page signals and the visit', /tactful::(signal|visit)/], ['history and identity', /tactful::(history|identity|order|event)/],
  ['the DOM observer', /tactful::js::page/], ['the JavaScript face', /tactful::js|wasm_bindgen|js_sys|web_sys|externref|_49fd3ee|__wbg/], ['rules and the policy', /tactful::(rule|program|moment|unit|error|id)/],
  ['policies, stories, records as JSON', /tactful::(policy|story|json|record|assemble|stats|explain|describe)|serde|chrono|statrs|sha2|strsim|csv_core/],
  ['allocator', /dlmalloc|__rdl|__rust_/],
];
/** By what a function is made for; generic code counts where its closures and types are from. */
function part(name) {
  if (/Wire|tactful::(shape|wire)/.test(name)) return 'bytes to types and back';
  if (name.startsWith('data segment')) return 'texts and tables';
  const known = PARTS.find(([, pattern]) => pattern.test(name));
  if (known) return known[0];
  return /fmt|panic|unicode|str::|char/.test(name) ? 'text, formatting, panics of the standard library' : 'lists and iterators, made anew for each of our types';
}

const tables = ['js', 'js,page', 'js,studio'].map((features, i) => {
  execFileSync('cargo', ['build', '--release', '--locked', '--quiet', '--lib', '--target', 'wasm32-unknown-unknown', '--no-default-features', '--features', features], { cwd: root, env, stdio: 'inherit' });
  const csv = execFileSync(`${root}target/tools/bin/twiggy`, ['top', '-n', '100000', '--format', 'csv', `${target}/wasm32-unknown-unknown/release/tactful.wasm`], { encoding: 'utf8', maxBuffer: 1 << 28 });
  const sums = new Map();
  for (const line of csv.split('\n').slice(1)) {
    const [, quoted, plain, bytes] = line.match(/^(?:"((?:[^"]|"")*)"|([^,]*)),(\d+)/) ?? [];
    const name = quoted ?? plain;
    if (!name || /^custom section|subsection|__wbindgen_describe|describe/.test(name)) continue;
    sums.set(part(name), (sums.get(part(name)) ?? 0) + Number(bytes));
  }
  return [['runtime', 'page', 'studio'][i], sums];
});
const all = [...new Set(tables.flatMap(([, sums]) => [...sums.keys()]))].sort((a, b) => (tables[1][1].get(b) ?? 0) - (tables[1][1].get(a) ?? 0));
const kb = (bytes) => (bytes ? (bytes / 1024).toFixed(0) : '');
const rows = [...all.map((name) => [name, ...tables.map(([, sums]) => kb(sums.get(name)))]), ['**together**', ...tables.map(([, sums]) => `**${kb([...sums.values()].reduce((a, b) => a + b))}**`)]];
const table = ['| KB before compression, level z | runtime | page | studio |', '| --- | ---: | ---: | ---: |', ...rows.map((row) => `| ${row.join(' | ')} |`)].join('\n');
console.log(table);
const file = `${root}benches/README.md`;
const text = readFileSync(file, 'utf8');
const [open, close] = ['<!-- weigh -->\n', '<!-- /weigh -->'];
const [from, to] = [text.indexOf(open) + open.length, text.indexOf(close)];
if (from < open.length || to < from) throw new Error('benches/README.md has lost its marker');
writeFileSync(file, `${text.slice(0, from)}${table}\n${text.slice(to)}`);
