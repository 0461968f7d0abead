import assert from 'node:assert/strict';
import { execFile, spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TactfulError, load } from 'tactful';
import { assemble, changed, check, compile, explain, replay as again, signals, story } from 'tactful/studio';
import { offsets } from '../../pkg/zone.js';
import { replay } from './replay.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const storiesIn = (folder) => readdirSync(`${root}${folder}`).filter((name) => name.endsWith('.json')).sort().map((name) => `${root}${folder}/${name}`);
const files = storiesIn('examples/stories');
const stories = files.map((file) => JSON.parse(readFileSync(file, 'utf8')));
const policy = readFileSync(`${root}pkg/starter.tactful`);
/** The starter is a draft. */
const UNSIGNED = { unsigned: true };
const cli = (args, input) => spawnSync(process.execPath, [`${root}pkg/cli.js`, ...args], { input, encoding: 'utf8' });

test('the same story gives the same decision bytes natively and in Node, by either edition', async () => {
  const all = [...files, ...storiesIn('tests/stories')];
  const native = await promisify(execFile)(`${root}target/debug/examples/decide`, all, { maxBuffer: 1 << 26 });
  const wanted = native.stdout.trim().split('\n');
  const tactful = await load(policy, UNSIGNED);
  for (const [i, file] of all.entries()) {
    const each = JSON.parse(readFileSync(file, 'utf8'));
    // A story may bring a policy of its own.
    const own = each.policy ? await load(each.policy, UNSIGNED) : tactful;
    assert.equal(replay(own, each), wanted[i], file);
    assert.equal(JSON.stringify((await story(each)).decision), wanted[i], file);
  }
});

test('zones by name come out alike from Intl and from the native database', () => {
  const native = spawnSync('cargo', ['run', '--quiet', '--locked', '--example', 'zones'], { cwd: root, encoding: 'utf8' });
  const lines = native.stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.ok(lines.length >= 8, native.stderr);
  for (const { zone, now, table } of lines) assert.deepEqual(offsets(zone, now), table, `${zone} at ${now}`);
});

test('a policy comes as bytes, as a Response or as JSON', async () => {
  const tactful = await load(policy, UNSIGNED);
  assert.match(tactful.digest, /^[0-9a-f]{64}$/);
  assert.equal((await load(new Response(policy), UNSIGNED)).digest, tactful.digest);
  assert.equal((await load({}, UNSIGNED)).digest, tactful.digest);
  assert.equal((await load(`${root}pkg/starter.tactful`, UNSIGNED)).digest, tactful.digest);
  assert.equal((await load(new URL('../../pkg/starter.tactful', import.meta.url), UNSIGNED)).digest, tactful.digest);
  assert.notEqual((await load({ id: 'ours' }, UNSIGNED)).digest, tactful.digest);
});

test('require() works as well as import', async () => {
  const required = createRequire(import.meta.url)('tactful');
  assert.equal(typeof required.load, 'function');
});

test('misuse says what, where and how to mend it', async () => {
  const tactful = await load(policy, UNSIGNED);
  const person = tactful.person('ada');
  const wrong = (call, code, path) =>
    assert.throws(call, (error) => error instanceof TactfulError && error.code === code && error.path === path, `${code} ${path}`);
  wrong(() => tactful.person(''), 'MISSING', '/id');
  wrong(() => person.learn([{ type: 'case', id: '1', at: 0, source: 's', case: 'c', step: 'opend' }]), 'WRONG_TYPE', '/0/step');
  wrong(() => person.learn([{ type: 'case', id: '1', source: 's', case: 'c', step: 'opened' }]), 'MISSING', '/0/at');
  wrong(() => person.learn([{ type: 'nothing' }]), 'WRONG_TYPE', '/0/type');
  const visit = person.visit({ startedAt: 0, salt: 0 });
  wrong(() => visit.decide(), 'MISSING', '/now');
  wrong(() => visit.decide({ now: new Date() }), 'WRONG_TYPE', '/now');
  wrong(() => person.merge(new Uint8Array([1, 2, 3])), 'CORRUPT', '');
  wrong(() => person.merge(), 'WRONG_TYPE', '/saved');
  wrong(() => tactful.batch(), 'WRONG_TYPE', '/visits');
  wrong(() => tactful.person('ä'.repeat(2049)), 'TOO_LARGE', '/id');
  wrong(() => tactful.person('bob').visit(null), 'WRONG_TYPE', '');
  const recorded = tactful.person('bob').visit({ startedAt: 0, record: true });
  for (const groups of [null, 'north', ['north']]) wrong(() => recorded.record({ now: 1 }, { groups }), 'WRONG_TYPE', '/groups');
  wrong(() => recorded.record({ now: 1 }, { groups: { seats: 20 } }), 'WRONG_TYPE', '/groups/seats');
  wrong(() => recorded.record({ now: 1 }, null), 'WRONG_TYPE', '');
  assert.equal(tactful.slot(), -1);
  await assert.rejects(load(new Uint8Array([0x54, 0x43, 0x54, 0x46, 9])), { code: 'CORRUPT' });
  await assert.rejects(load(new Uint8Array(5)), { code: 'SYNTAX' });
  await assert.rejects(load('/nowhere.tactful'), { code: 'UNREACHABLE' });
  await assert.rejects(story({ name: 'n', person: 'p', moment: { now: 1e300, zone: 'UTC' } }), TactfulError);
  await assert.rejects(load({ guards: { caps: { pitchWeek: { limit: -1 } } } }), (error) => {
    assert.equal(error.path, '/guards/caps/pitchWeek/limit');
    return error instanceof TactfulError;
  });
  // None of it has harmed the person.
  assert.equal(visit.decide({ now: 1 }).route, 'none');
});

test('unknown fields of live data are ignored and counted, absurd times quarantined and counted', async () => {
  const person = (await load(policy, UNSIGNED)).person('ada');
  person.learn([{ type: 'case', id: '1', at: 0, source: 's', case: 'c', step: 'opened', colour: 'blue', mood: 1 }]);
  assert.equal(person.unknownFields, 2);
  const visit = person.visit({ startedAt: 0, salt: 0 });
  for (const t of [Number.NaN, -1, Infinity, 1e15]) visit.track({ type: 'idle', t });
  assert.equal(visit.quarantined.absurdTime, 4);
  visit.track({ type: 'idle', t: 5 });
  assert.equal(visit.quarantined.absurdTime, 4);
});

test('a visit goes on where it was saved, and what is no visit is refused', async () => {
  const person = (await load(policy, UNSIGNED)).person('ada');
  const visit = person.visit({ startedAt: 1000, salt: 7 });
  visit.track({ type: 'click', t: 0, target: 'save', control: 'button' });
  const saved = visit.save();
  assert.ok(saved.length < 4096);
  const again = person.visit({ saved });
  assert.deepEqual([again.startedAt, again.salt], [1000, 7]);
  const [dead] = again.signals(1000 + 3000);
  assert.deepEqual([dead.kind, dead.at, dead.decided, dead.definition], ['deadClick', 0, 3000, 'deadClick@2']);
  assert.throws(() => person.visit({ saved: saved.subarray(0, 20) }), { code: 'CORRUPT' });
  assert.throws(() => person.visit({ saved: person.save() }), { code: 'CORRUPT' });
});

test('traces are answered one a line, and a bad one harms no other', async () => {
  const click = { type: 'click', t: 0, target: 'save', control: 'button' };
  const lines = [{ events: [click] }, 'no JSON', { signals: { rageClick: { minClick: 3 } }, events: [] }, { signals: { deadClick: null }, events: [click] }];
  const { status, stdout } = cli(['signals', '-', '--json'], lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n'));
  const answers = stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(status, 2);
  assert.equal(answers[0].signals[0].kind, 'deadClick');
  assert.equal(answers[1].error.code, 'SYNTAX');
  assert.deepEqual([answers[2].error.path, answers[2].error.hint], ['/signals/rageClick/minClick', 'did you mean `minClicks`?']);
  assert.deepEqual(answers[3], { signals: [] });
  // Over several lines it is one document; a file is one too.
  const one = cli(['signals', '-', '--json'], JSON.stringify({ events: [click], until: 2999 }, null, 2));
  assert.deepEqual(JSON.parse(one.stdout), { signals: [] });
  const preset = cli(['signals', '-', '--policy', `${root}examples/presets/datadog.json`], JSON.stringify({ events: [click] }));
  assert.match(preset.stdout, /deadClick +at 0 ms.*deadClick@datadog/);
  // The same in the studio, with the same answer.
  assert.deepEqual(await signals({ events: [click] }), answers[0]);
});

test('an export is assembled the same from a file, from standard input and in pieces', async () => {
  const folder = `${root}examples/assemble/`;
  const by = `${folder}crm-cases.mapping.json`;
  const file = cli(['assemble', `${folder}crm-cases.csv`, '--by', by, '--json', '--cases']);
  const csv = readFileSync(`${folder}crm-cases.csv`, 'utf8');
  const piped = cli(['assemble', '-', '--by', by, '--json', '--cases'], csv);
  assert.equal(file.stdout, piped.stdout);
  const found = JSON.parse(file.stdout);
  assert.equal(found.cases, 10);
  // Local times of the mapping's zone, by the host's own Intl: 28 March 2026 18:07 in Berlin.
  assert.equal(found.caseRows[0].openedAt, Date.UTC(2026, 2, 28, 17, 7));
  const pieces = csv.match(/[^]{1,37}/g);
  assert.deepEqual(await assemble(JSON.parse(readFileSync(by, 'utf8')), pieces, { cases: true }), found);
  const card = cli(['assemble', `${folder}helpdesk.csv`, '--by', `${folder}helpdesk.mapping.json`]);
  assert.match(card.stdout, /recontact@7d by matter/);
  assert.equal(cli(['assemble', 'nowhere.csv', '--by', by]).status, 2);
  assert.match(cli(['assemble', '-', '--by', '-'], '{}').stderr, /columns/);
});

test('what was disposed says so, and a new visit ends the one before', async () => {
  const tactful = await load(policy, UNSIGNED);
  const person = tactful.person('ada');
  const first = person.visit({ startedAt: 0 });
  const second = person.visit({ startedAt: 10 });
  assert.throws(() => first.decide({ now: 1 }), { code: 'DISPOSED' });
  assert.equal(second.decide({ now: 11 }).route, 'none');
  person.free();
  person.free();
  assert.throws(() => second.decide({ now: 12 }), { code: 'DISPOSED' });
  assert.throws(() => person.save(), { code: 'DISPOSED' });
  tactful.free();
  assert.throws(() => tactful.person('bob'), { code: 'DISPOSED' });
});

test('an event without a name of its own is refused, and nothing beside it is learned', async () => {
  const tactful = await load(policy, UNSIGNED);
  const person = tactful.person('ada');
  const before = person.save();
  const event = (more) => ({ type: 'suppression', id: 'a', at: 1, source: 's', scope: 'person', reason: 'complaint', state: 'on', ...more });
  assert.throws(() => person.learn([event({}), event({ id: '' })]), { code: 'MISSING', path: '/1/id' });
  assert.throws(() => person.learn(event({ source: '' })), { code: 'MISSING', path: '/0/source' });
  assert.deepEqual(person.save(), before);
  const told = { name: '-', person: 'ada', history: [event({ id: '' })], moment: { now: 2 } };
  await assert.rejects(story(told), { code: 'MISSING', path: '/history/0/id' });
});

test('what was not believed is in no record, and the record can be decided again', async () => {
  const tactful = await load(policy, UNSIGNED);
  const visit = tactful.person('ada').visit({ startedAt: 1000, salt: 0, record: true });
  visit.track({ type: 'click', t: -1, target: 'b', control: 'button' });
  visit.track({ type: 'pageView', t: 5, page: 'p' });
  const line = visit.record({ now: 2000 });
  assert.equal(visit.quarantined.absurdTime, 1);
  assert.deepEqual(JSON.parse(line).visit.events.map(({ type }) => type), ['pageView']);
  const found = await again(line, { policies: [{}] });
  assert.deepEqual([found.records, found.bad.count, found.different.count], [1, 0, 0]);
});

test('a batch does not answer for who has left', async () => {
  const tactful = await load(policy, UNSIGNED);
  const [ada, bob] = ['ada', 'bob'].map((id) => tactful.person(id));
  const visits = [ada, bob].map((person) => person.visit({ startedAt: 0, salt: 0 }));
  const batch = tactful.batch(visits);
  assert.equal(batch.bits(1).length, 2);
  bob.visit({ startedAt: 1, salt: 0 });
  assert.throws(() => batch.bits(2), { code: 'DISPOSED', path: '/visits/1' });
  ada.free();
  assert.throws(() => batch.bits(2), { code: 'DISPOSED', path: '/visits/0' });
});

test('when a visit began and its salt are numbers that a record can hold', async () => {
  const tactful = await load(policy, UNSIGNED);
  const person = tactful.person('ada');
  const visit = person.visit({ startedAt: 1000.75, salt: -5 });
  assert.deepEqual([visit.startedAt, visit.salt], [1000, 4294967291]);
  for (const salt of ['abc', 1.5, NaN, 2 ** 32]) assert.throws(() => person.visit({ startedAt: 0, salt }), { code: 'WRONG_TYPE', path: '/salt' });
  assert.throws(() => person.visit({ startedAt: 1e300 }), { code: 'OUT_OF_RANGE', path: '/startedAt' });
  assert.throws(() => tactful.words('friction', ['de']), { code: 'WRONG_TYPE', path: '/language' });
});

test('the hot call says the same before and after a full decision', async () => {
  // Of every number of facts: what a host pushes and what rules read lie side by side.
  for (let facts = 0; facts < 5; facts++) {
    const tactful = await load({
      facts: Object.fromEntries(Array.from({ length: facts }, (_, i) => [`own.f${i}`, { unit: '-' }])),
      guards: { rules: { late: { order: 1, when: { what: 'local:minuteOfDay', atLeast: 100 }, blocks: ['assist'], words: '-' } } },
    }, UNSIGNED);
    const visit = tactful.person('ada').visit({ startedAt: 0, salt: 0 });
    const moment = { now: 12 * 3_600_000, zone: [{ from: 0, offsetMinutes: 0 }] };
    visit.moment(moment);
    const before = [visit.answer(moment.now).bits, visit.ownBlockers()];
    visit.decide(moment);
    assert.deepEqual([visit.answer(moment.now).bits, visit.ownBlockers()], before, `${facts} facts`);
    assert.equal(before[1], 1);
  }
});

test('what is saved and merged comes back, and never gives a touch back', async () => {
  const tactful = await load(policy, UNSIGNED);
  const touch = (id) => ({ type: 'touch', id, at: 5, source: 'tab', touch: id, step: 'shown', purpose: 'assist', channel: 'web', route: 'chatbot' });
  const [one, two] = [tactful.person('ada'), tactful.person('ada')];
  one.learn([touch('a')]);
  two.learn([touch('b')]);
  const alone = one.save();
  one.merge(two.save());
  two.merge(alone);
  assert.deepEqual(one.save(), two.save());
  assert.deepEqual(tactful.person('ada', one.save()).save(), one.save());
});

test('pushed facts reach the rules, survive memory growth and can be taken back', async () => {
  const tactful = await load({
    facts: { score: { unit: 'permille' } },
    guards: { rules: { hot: { order: 1, code: 'too_hot', when: { what: 'fact:score', atLeast: 700 }, blocks: ['pitch'], words: 'Too hot.' } } },
  }, UNSIGNED);
  const person = tactful.person('ada');
  const visit = person.visit({ startedAt: 0, salt: 0 });
  const slot = tactful.slot('fact:score');
  const blocked = (now) => visit.decide({ now }).verdicts.pitch.blockers.some(({ code }) => code === 'too_hot');
  assert.ok(blocked(1), 'unknown denies');
  person.facts[slot] = 100;
  assert.ok(!blocked(2));
  tactful.person('eve').learn(Array.from({ length: 400 }, (_, i) => ({ type: 'ask', id: `q${i}`, at: i, source: 's', field: 'x'.repeat(2000), step: 'asked' })));
  person.facts[slot] = 700;
  assert.ok(blocked(3));
  assert.equal(visit.answer(4).allowed.includes('pitch'), false);
  assert.equal(visit.ownBlockers(), 1);
  person.facts[slot] = -2147483648;
  assert.ok(blocked(5));
  assert.equal(tactful.slot('nothing'), -1);
});

test('the decision of the peers bench, written as a policy, agrees on every context', async () => {
  const { contexts, decidePlain } = await import('../../benches/peers/policy.mjs');
  const { init } = await import('../../benches/peers/engines/tactful.mjs');
  const { decide } = await init();
  const all = contexts(1000);
  const agreed = all.filter((context) => {
    const [got, wanted] = [decide(context), decidePlain(context)];
    return got.action === wanted.action && got.reasons.join() === wanted.reasons.join();
  });
  assert.equal(agreed.length, 1000);
});

test('the command line decides, tests, checks and compiles', () => {
  const [file] = files;
  const card = cli(['decide', file]);
  assert.equal(card.status, 0);
  assert.match(card.stdout, /route {5}/);
  const lines = cli(['decide', '--json', file, '-', file], '{"name": 1}').stdout.trim().split('\n').map((line) => JSON.parse(line));
  assert.equal(lines.length, 3, 'a bad story does not stop the others');
  assert.equal(lines[0].story, stories[0].name);
  assert.deepEqual(lines[1].error, { code: 'WRONG_TYPE', path: '/name', message: 'this is a number, it should be text' });
  assert.deepEqual(lines[1].errors.map(({ path }) => path), ['/name', '/person', '/moment'], 'every mistake');
  assert.equal(cli(['decide', '-'], '{').status, 2);
  const ran = cli(['test', `${root}examples/stories`]);
  assert.equal(ran.status, 0, ran.stdout);
  assert.match(ran.stdout, new RegExp(`^${files.length} passed, 0 failed\n$`));
  const failing = cli(['test', '-'], JSON.stringify({ ...stories[0], expect: { route: 'status' } }));
  assert.equal(failing.status, 1);
  assert.match(failing.stdout, /route: expected status, got/);
  assert.equal(cli(['check', '-'], '{}').status, 0);
  const bad = cli(['check', '-'], '{"guards":{"caps":{"pitchWeek":{"limit":-1,"window":7}}}}');
  assert.equal(bad.status, 1);
  assert.match(bad.stdout, /2 errors/);
  const whole = cli(['check', '-'], '[]');
  assert.equal(whole.status, 1);
  assert.match(whole.stdout, /a policy is an object/);
  const nothing = cli(['test', '-'], '{"name":"x","person":"p","moment":{"now":1}}');
  assert.equal(nothing.stdout, '0 passed, 0 failed, 1 skipped\n', 'what expects nothing has not passed');
  assert.match(cli(['decide', `${root}pkg/starter.tactful`]).stderr, /compiled already/);
  assert.match(cli(['--version']).stdout, /^\d+\.\d+\.\d+\n$/);
  assert.equal(cli(['nonsense']).status, 2);
});

test('help names every command, and each says what it takes, what it does and how to try it', () => {
  const { stdout, status } = cli(['--help']);
  assert.equal(status, 0);
  const named = [...stdout.matchAll(/^  ([a-z]+) {2,}\S/gm)].map(([, name]) => name);
  for (const name of ['decide', 'explain', 'test', 'check', 'compile', 'describe', 'signals', 'assemble', 'replay', 'diff']) assert.ok(named.includes(name), name);
  for (const name of named) {
    const help = cli([name, '--help']);
    assert.equal(help.status, 0);
    assert.match(help.stdout, new RegExp(`^tactful ${name} .*\n\n[A-Z].*\\.\n\n[^]+\nExample:\n  tactful ${name} `), name);
    assert.equal(cli(['help', name]).stdout, help.stdout);
    // Nothing given is usage, and usage leads here.
    const nothing = cli([name]);
    if (name !== 'starter') assert.deepEqual([nothing.status, nothing.stdout, nothing.stderr.includes(`see tactful ${name} --help`)], [2, '', true], name);
  }
  assert.ok(stdout.split('\n').concat(...named.map((name) => cli(['help', name]).stdout.split('\n'))).every((line) => line.length <= 120), 'fits a terminal');
});

test('a policy with calendars is the same policy natively and by Intl, to the byte', async () => {
  const office = { zone: 'America/New_York', open: { mon: [['09:00', '12:00'], ['13:00', '17:00']], fri: [['22:00', '02:00']] }, holidays: ['2026-11-26', '12-25'] };
  for (const effectiveFrom of [undefined, '2026-01-01T00:00:00Z']) {
    const patch = { ...(effectiveFrom && { effectiveFrom }), routes: { calendars: { office }, slas: { human: { calendar: 'office' } } } };
    const native = spawnSync(`${root}target/debug/examples/compile`, { input: JSON.stringify(patch) });
    assert.equal(native.status, 0, String(native.stderr));
    assert.ok(Buffer.from(await compile(patch)).equals(native.stdout), `effective from ${effectiveFrom}`);
  }
  const { errors } = await check({ routes: { calendars: { office: { ...office, zone: 'Europe/Atlantis' } } } });
  assert.deepEqual(errors.map(({ path }) => path), ['/routes/calendars/office/zone']);
});

test('what would change a decision does, when it is applied to the story', async () => {
  for (const each of stories.slice(0, 6)) {
    const { decision, wouldChange, lost } = await explain(each);
    assert.deepEqual(decision, (await story(each)).decision);
    assert.equal(lost.length, 8);
    for (const { to, of, edit } of wouldChange) {
      const again = (await story(await changed(each, edit))).decision;
      if (of === 'route') assert.equal(again.route, to);
      else assert.ok(again.verdicts[of].allowed);
    }
  }
  const ran = cli(['explain', files[0]]);
  assert.equal(ran.status, 0, ran.stderr);
  for (const part of ['scores', 'blockers', 'other routes', 'it would be otherwise, if']) assert.ok(ran.stdout.includes(part), part);
  assert.ok(JSON.parse(cli(['explain', '--json', files[0]]).stdout).wouldChange.length > 0);
});

test('check finds every mistake and every warning', async () => {
  const { errors } = await check({ guards: { caps: { pitchWeek: { limit: 'many' } } }, routes: { dwellMs: 'long' } });
  assert.deepEqual(errors.map(({ path }) => path), ['/guards/caps/pitchWeek/limit', '/routes/dwellMs']);
  const { warnings } = await check({ guards: { consent: null } });
  assert.deepEqual(warnings.map(({ path }) => path), ['/guards/consent']);
  assert.ok((await compile({})).length < 20_000);
});

test('nothing is compiled from text: the engine runs where that is forbidden', () => {
  const script = `
    import { load } from ${JSON.stringify(new URL('../../pkg/node.js', import.meta.url).href)};
    import { story } from ${JSON.stringify(new URL('../../pkg/studio-node.js', import.meta.url).href)};
    let forbidden = false;
    try { new Function('return 1'); } catch { forbidden = true; }
    const tactful = await load({ id: 'ours' }, { unsigned: true });
    const visit = tactful.person('ada').visit({ startedAt: 0, salt: 0 });
    visit.track({ type: 'wish', t: 5, for: 'person' });
    const { decision } = await story({ name: 'n', person: 'p', moment: { now: 0 } });
    console.log(JSON.stringify([forbidden, visit.decide({ now: 10 }).route, decision.route]));`;
  const run = spawnSync(process.execPath, ['--disallow-code-generation-from-strings', '--input-type=module', '-e', script], { encoding: 'utf8' });
  assert.equal(run.stderr, '');
  assert.deepEqual(JSON.parse(run.stdout), [true, 'human', 'none']);
});
