// Logs in Node and on the command line: kept, made again, compared under another policy.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { diff, record, replay, starter } from 'tactful/studio';

const root = fileURLToPath(new URL('../../', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'records-'));
after(() => rmSync(folder, { recursive: true }));
const cli = (args, input) => spawnSync(process.execPath, [`${root}pkg/cli.js`, ...args], { input, encoding: 'utf8' });
const file = (name, content) => {
  const path = join(folder, name);
  writeFileSync(path, typeof content === 'string' ? content : JSON.stringify(content));
  return path;
};

const files = readdirSync(`${root}examples/stories`).sort().map((name) => `${root}examples/stories/${name}`);
const stories = files.map((path) => JSON.parse(readFileSync(path, 'utf8')));
const own = JSON.parse(readFileSync(`${root}www/policy.json`, 'utf8'));
const lines = await Promise.all(stories.map((story, i) => record({ ...story, policy: undefined }, { policy: own, groups: { region: i % 2 ? 'south' : 'north' } })));
const log = `${lines.join('\n')}\n`;

test('a log is replayed by the policy that decided, and by no other', async () => {
  const seen = [];
  const pieces = [log.slice(0, 1000), new TextEncoder().encode(log.slice(1000))];
  const found = await replay(pieces, { policies: [own], progress: (rows) => seen.push(rows) });
  assert.deepEqual({ ...found, bad: found.bad.count }, { records: lines.length, same: lines.length, different: { count: 0, named: [] }, unknownPolicies: [], bad: 0 });
  assert.deepEqual(seen.at(-1), lines.length);
  const without = await replay(log);
  assert.equal(without.same, 0);
  assert.equal(without.unknownPolicies[0].policy, 'dayloom 1');
  assert.equal(without.unknownPolicies[0].records, lines.length);
});

test('record, replay and diff on the command line: codes, words and JSON', async () => {
  const policy = file('own.json', own);
  const kept = cli(['record', files[0], files[1], '--policy', policy, '--group', 'region=north', '--group', 'plan=weave']);
  assert.equal(kept.status, 0, kept.stderr);
  const first = JSON.parse(kept.stdout.split('\n')[0]);
  assert.deepEqual(first.groups, { region: 'north', plan: 'weave' });
  assert.equal(first.decision.policy.id, 'dayloom');

  const whole = cli(['replay', '-', '--policy', policy], kept.stdout);
  assert.equal(whole.status, 0, whole.stderr);
  assert.match(whole.stdout, /2 records, 2 decided the same, 0 differently/);
  const unknown = cli(['replay', '-'], kept.stdout);
  assert.equal(unknown.status, 1);
  assert.match(unknown.stdout, /2 records by dayloom 1 .*was not given: --policy FILE/);
  first.decision.because[0].words = 'Because.';
  const forged = cli(['replay', file('forged.ndjson', JSON.stringify(first)), '--policy', policy]);
  assert.equal(forged.status, 1);
  assert.match(forged.stdout, /record 1 \([0-9a-f]+\) differs at \/because\/0\/words: recorded "Because\."/);
  const bad = cli(['replay', '-', '--json'], 'nonsense\n');
  assert.equal(bad.status, 2);
  assert.match(bad.stderr, /record 1: .*not JSON/);
  assert.equal(JSON.parse(bad.stdout).bad.count, 1);

  const blind = file('blind.json', { ...own, version: '2', signals: { rageClick: null, deadClick: null } });
  const logFile = file('log.ndjson', log);
  const text = cli(['diff', policy, blind, '--log', logFile]);
  assert.equal(text.status, 0, text.stderr);
  assert.match(text.stdout, /dayloom 1 .* -> dayloom 2/);
  assert.match(text.stdout, /would get no help any more \(e\.g\. record \d/);
  const machine = JSON.parse(cli(['diff', policy, blind, '--log', logFile, '--json']).stdout);
  assert.deepEqual(machine, await diff(own, { ...own, version: '2', signals: { rageClick: null, deadClick: null } }, log));
  assert.ok(machine.harm.helpWithdrawn.records > 0 && machine.harm.helpWithdrawn.examples.length > 0);

  for (const wrong of [['replay'], ['diff', policy], ['diff', policy, blind], ['record']]) {
    const { status, stderr } = cli(wrong);
    assert.equal(status, 2, wrong.join(' '));
    assert.match(stderr, /see tactful [a-z]+ --help/);
  }
  const mistaken = cli(['diff', policy, file('wrong.json', { guards: { caps: { pitchWeek: { limit: -1 } } } }), '--log', logFile]);
  assert.equal(mistaken.status, 2);
  assert.match(mistaken.stderr, /\/guards\/caps\/pitchWeek\/limit/);
});

test('a record holds nothing that a log should not: no name, no words of the story, no policy', async () => {
  const kept = JSON.parse(lines[0]);
  for (const absent of ['name', 'why', 'policy', 'expect']) assert.ok(!(absent in kept), absent);
  assert.deepEqual(Object.keys(kept).filter((name) => name.startsWith('x')), []);
  const { id } = await starter();
  assert.equal(id, 'starter');
});

test('what is no log is refused by name', async () => {
  for (const log of [undefined, null, 7, {}, [7], [{}]]) await assert.rejects(replay(log), { name: 'TactfulError', code: 'WRONG_TYPE' }, String(log));
  assert.equal((await replay([])).records, 0);
});
