// The life of a policy: written, tried out, approved, released, taken back.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { load } from 'tactful';
import { approve, check, compile, keys, record, replay, verify, withZone } from 'tactful/studio';
import { approval, sealed } from '../../pkg/approval.js';

const root = fileURLToPath(new URL('../../', import.meta.url));
const DAY = 86_400_000;
const NOW = Date.UTC(2026, 10, 20);
const OURS = { id: 'acme', version: '1', effectiveFrom: NOW - 30 * DAY, reviewDue: NOW + DAY, guards: { caps: { pitchMonth: { limit: 3 } } } };
const LIVE = { status: 'live' };

const pairs = {};
const approvers = {};
before(async () => {
  for (const [by, roles] of [['mara', ['compliance']], ['jo', ['CX operations']], ['kim', ['CX operations', 'help center']]]) {
    pairs[by] = await keys();
    approvers[by] = { key: pairs[by].publicKey, roles };
  }
});

/** A policy with the signatures of some people. */
async function signed(patch, ...people) {
  let whole = patch;
  for (const by of people) {
    const { approvals } = await approve(whole, { by, role: approvers[by].roles[0], privateKey: pairs[by].privateKey, at: NOW });
    whole = { ...whole, approvals };
  }
  return whole;
}
const options = (more) => ({ approvers, now: NOW, ...more });
const refused = (policy, path, message, more) =>
  assert.rejects(load(policy, options(more)), (error) => {
    assert.equal(error.code, 'NOT_APPROVED', String(error));
    assert.ok(error.all.some((each) => each.path === path && message.test(each.reason)), `${message}: ${error.all.map(String)}`);
    assert.ok(error.all.every((each) => each.hint), 'every objection says what to do');
    return true;
  });

test('two people in their roles release a policy, and it says who', async () => {
  const tactful = await load({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE }, options());
  assert.ok(tactful.acts);
  assert.deepEqual(tactful.standing.approvals.map(({ by, role }) => [by, role]), [['mara', 'compliance'], ['jo', 'CX operations']]);
  assert.equal((await check({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE }, { now: NOW })).warnings.length, 0);
});

test('a draft acts on nobody, unless the host says that it runs what nobody approved', async () => {
  const bytes = await compile({});
  await assert.rejects(load(bytes), { code: 'NOT_APPROVED', path: '/status' });
  await assert.rejects(load(bytes, { approvers }), { code: 'NOT_APPROVED', path: '/status' });
  assert.ok((await load(bytes, { unsigned: true })).acts);
  await refused({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE }, '', /not told whose approval counts/, { approvers: undefined });
});

test('one person does not release a policy, under whatever names', async () => {
  await refused({ ...(await signed(OURS, 'mara')), ...LIVE }, '/approvals', /^1 of 2 people/);
  await refused({ ...OURS, ...LIVE }, '/approvals', /^0 of 2 people/);
  const [own] = (await signed(OURS, 'mara')).approvals;
  await refused({ ...OURS, ...LIVE, approvals: [own, own] }, '/approvals', /^1 of 2 people/);
  // The same key under two names, however it is written.
  const { approvals } = await approve(await signed(OURS, 'mara'), { by: 'alias', role: 'CX operations', privateKey: pairs.mara.privateKey, at: NOW });
  const other = await crypto.subtle.importKey('spki', Buffer.from(approvers.mara.key.split('\n')[1], 'base64'), 'Ed25519', true, ['verify']);
  for (const key of [approvers.mara.key, approvers.mara.key.replaceAll('\n', '\r\n'), approvers.mara.key.replaceAll('\n', '\\n'), other])
    await refused({ ...OURS, ...LIVE, approvals }, '/approvals', /^1 of 2 people/, { approvers: { mara: approvers.mara, alias: { key, roles: ['CX operations'] } } });
  // Nor does it help to keep a key where it cannot be looked at; two that are two count there as well.
  const hidden = async (by) => ({ roles: approvers[by].roles, key: await crypto.subtle.importKey('spki', Buffer.from(approvers[by].key.split('\n')[1], 'base64'), 'Ed25519', false, ['verify']) });
  await refused({ ...OURS, ...LIVE, approvals }, '/approvals', /^1 of 2 people/, { approvers: { mara: await hidden('mara'), alias: { ...(await hidden('mara')), roles: ['CX operations'] } } });
  assert.ok((await load({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE }, options({ approvers: { mara: await hidden('mara'), jo: await hidden('jo') } }))).acts);
});

test('approvals count only from people the host knows, in roles they hold, with their own signature', async () => {
  const { approvals } = await signed(OURS, 'mara', 'jo');
  const changed = (i, change) => ({ ...OURS, ...LIVE, approvals: approvals.map((each, j) => (i === j ? { ...each, ...change } : each)) });
  await refused(changed(1, { by: 'eve' }), '/approvals/1', /`eve` is not among/);
  await refused(changed(1, { by: 'toString' }), '/approvals/1', /is not among/);
  await refused(changed(1, { role: 'compliance' }), '/approvals/1', /does not hold the role/);
  await refused(changed(1, { by: 'kim' }), '/approvals/1', /not that of `kim`/);
  await refused(changed(1, { at: NOW + 1 }), '/approvals/1', /not that of `jo`/);
  await refused(changed(1, { signature: approvals[0].signature }), '/approvals/1', /not that of `jo`/);
  await refused(changed(1, { signature: '?' }), '/approvals/1', /no base64/);
});

test('whatever is edited after it was approved does not go live', async () => {
  const { approvals } = await signed(OURS, 'mara', 'jo');
  const edited = (patch) => ({ ...OURS, ...patch, ...LIVE, approvals });
  for (const patch of [{ version: '2' }, { reviewDue: OURS.reviewDue + 1 }, { owners: { words: 'nobody' } }, { scores: { friction: { bands: { raised: 301 } } } }])
    await refused(edited(patch), '/approvals', /^0 of 2 people/);
  await refused(edited({ guards: { caps: { pitchMonth: { limit: 4 } } } }), '/approvals', /nobody in the role `compliance`/);
  // What is signed for one policy is signed for no other.
  await refused(edited({ id: 'other' }), '/approvals', /nobody in the role `compliance`/);
  // Saying where it is in its life, and what changed, is no edit.
  assert.ok((await load(edited({ changeLog: [{ at: NOW, by: 'jo', why: 'released' }] }), options())).acts);
});

test('no byte of the compiled policy can be changed', async () => {
  const bytes = await compile({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE });
  const again = await load(bytes, options());
  const outcomes = {};
  // Every 37th of what is sealed, and everything beside it: status and approvals.
  const beside = sealed(bytes).length;
  for (let place = 0; place < bytes.length; place += place < beside ? 37 : 1) {
    const bad = bytes.slice();
    bad[place] ^= 1;
    const outcome = await load(bad, options()).then((it) => it, (error) => error.code);
    outcomes[typeof outcome === 'string' ? outcome : 'loaded'] = (outcomes[typeof outcome === 'string' ? outcome : 'loaded'] ?? 0) + 1;
    assert.equal(typeof outcome, 'string', `byte ${place} of ${bytes.length}`);
  }
  assert.ok(outcomes.NOT_APPROVED > 100, JSON.stringify(outcomes));
  assert.ok(again.acts);
});

test('an edit of the guardrails needs compliance, and other edits keep their earlier approval', async () => {
  // Two people of operations may change words, as long as compliance has approved these guards before.
  const first = await signed(OURS, 'mara', 'jo');
  const words = { words: { friction: { visitor: 'Something here gives you trouble.', staff: 'Friction.' } } };
  const second = { ...OURS, version: '2', ...words, approvals: [first.approvals[0]] };
  assert.ok((await load({ ...(await signed(second, 'jo', 'kim')), ...LIVE }, options())).acts);
  await refused({ ...(await signed({ ...second, approvals: [] }, 'jo', 'kim')), ...LIVE }, '/approvals', /nobody in the role `compliance`/);
  for (const guardrail of [{ guards: { consent: null } }, { readiness: null }, { templates: { news: { purpose: 'serviceNotice' } } }, { offers: { gift: { incentive: true } } }, { sources: { cases: { knows: [] } } },
    // What guards read is part of them.
    { scores: { friction: { bands: { high: 1000 } } } }, { scores: { friction: { kinds: { rageClick: { weight: 1 } } } } }, { signals: { deadClick: null } }, { promises: { accountManager: { kind: 'fasterHelp' } } }, { review: { everyMs: 1 } }, { journeys: { windowMs: 1000 } },
    { routes: { handover: null } }, { routes: { statusFreshMs: 1 } }, { routes: { longestWaitMs: 1 } }, { routes: { handoff: { secretWords: [] } } }])
    await refused({ ...(await signed({ ...second, ...guardrail }, 'jo', 'kim')), ...LIVE }, '/approvals', /nobody in the role `compliance`/);
  // Whose role it is, is the host's to say, not the policy's.
  await refused({ ...(await signed({ ...second, approvals: [], owners: { guards: 'CX operations' } }, 'jo', 'kim')), ...LIVE }, '/approvals', /compliance/);
  const { approvals } = await approve(await signed(OURS, 'jo'), { by: 'kim', role: 'help center', privateKey: pairs.kim.privateKey, at: NOW });
  assert.ok((await load({ ...OURS, approvals, ...LIVE }, options({ guardRole: 'help center' }))).acts);
});

test('nobody can claim other guardrails than those that run', async () => {
  // Compliance signed these guards. Two others compile looser ones, and sign that they are the same.
  const first = await signed(OURS, 'mara');
  const loose = { ...OURS, version: '2', guards: { consent: null }, approvals: first.approvals };
  const lie = async (by, approvals) => {
    const bytes = await compile({ ...loose, approvals });
    const { guardrails } = first.approvals[0];
    return approval({ ...(await load(bytes, { unsigned: true })).standing, guardrails }, bytes, { by, role: 'CX operations', at: NOW, privateKey: pairs[by].privateKey });
  };
  const lies = [await lie('jo', first.approvals), await lie('kim', first.approvals)];
  await refused({ ...loose, ...LIVE, approvals: [...first.approvals, ...lies] }, '/approvals', /nobody in the role `compliance`/);
});

test('whose approval counts is read whole, and mistakes in it are not taken for those of a policy', async () => {
  const policy = { ...(await signed(OURS, 'mara', 'jo')), ...LIVE };
  const wrongly = (approvers, ...paths) => assert.rejects(load(policy, options({ approvers })), (error) => {
    assert.deepEqual(error.all.map(({ code, path }) => [code, path]), paths.map((path) => ['WRONG_TYPE', path]));
    return true;
  });
  await wrongly([], '/approvers');
  await wrongly('mara', '/approvers');
  await wrongly({ ...approvers, mara: { ...approvers.mara, roles: 'non-compliance' }, jo: { key: 'jo.pub.pem', roles: [] } }, '/approvers/mara/roles', '/approvers/jo/key');
  await wrongly({ ...approvers, kim: { ...approvers.kim, key: pairs.kim.privateKey } }, '/approvers/kim/key');
  await wrongly({ ...approvers, kim: null }, '/approvers/kim/roles', '/approvers/kim/key');
  for (const unsigned of ['false', 'no', 1]) await assert.rejects(load(await compile({}), { unsigned }), { code: 'WRONG_TYPE', path: '/unsigned' });
});

test('what is no policy is not taken for the starter, and every refusal is a TactfulError', async () => {
  const bytes = await compile({ id: 'acme' });
  for (const policy of [Promise.resolve(bytes), undefined, null, 7, new Blob([bytes]), new Map(), () => {}])
    await assert.rejects(load(policy, { unsigned: true }), { code: 'WRONG_TYPE', path: '/policy' });
  for (const policy of [bytes, bytes.buffer, Buffer.from(bytes), new DataView(bytes.buffer), new Response(bytes)])
    assert.equal((await load(policy, { unsigned: true })).standing.id, 'acme');
  const used = new Response(bytes);
  await used.arrayBuffer();
  await assert.rejects(load(used), { code: 'UNREACHABLE' });
  await assert.rejects(load('file://['), { code: 'UNREACHABLE' });
  await assert.rejects(approve({ id: 'acme' }, null), { code: 'MISSING', path: '/by' });
  await assert.rejects(verify(bytes, null), { code: 'WRONG_TYPE', path: '/approvers' });
  // What is verified is what was given, whatever becomes of the buffer meanwhile.
  const good = await compile({ ...(await signed(OURS, 'mara', 'jo')), ...LIVE });
  const buffer = good.slice();
  const verdict = verify(buffer, { approvers });
  buffer.fill(0);
  assert.equal((await verdict).approvals.length, 2);
});

test('a host takes back what must not come back', async () => {
  const policy = { ...(await signed(OURS, 'mara', 'jo')), ...LIVE };
  const { digest } = await load(policy, options());
  await refused(policy, '/digest', /taken back/, { revoked: [digest] });
  // Nor do its guardrails come back with it, under other words.
  const again = await signed({ ...OURS, version: '2', approvals: [policy.approvals[0]] }, 'jo', 'kim');
  await refused({ ...again, ...LIVE }, '/approvals', /nobody in the role `compliance`/, { revoked: [digest] });
  for (const revoked of [null, digest, [digest.toUpperCase()], [`sha256:${digest}`]]) await assert.rejects(load(policy, options({ revoked })), { code: 'WRONG_TYPE', path: '/revoked' });
  await assert.rejects(load(policy, options({ approvers: { ...approvers, jo: { ...approvers.jo, notBefore: Number.NaN } } })), { code: 'WRONG_TYPE', path: '/approvers/jo/notBefore' });
  await refused(policy, '/approvals/1', /counts no more/, { approvers: { ...approvers, jo: { ...approvers.jo, notBefore: NOW + 1 } } });
  assert.ok((await load(policy, options({ id: 'acme' }))).acts);
  await assert.rejects(load(policy, options({ id: 'other' })), { code: 'CONFLICT', path: '/id' });
  await assert.rejects(load([policy, { ...policy, id: 'other' }], options()), { code: 'CONFLICT', path: '/id' });
});

test('of several versions the one in force decides, and what was rolled back replays', async () => {
  const one = { ...(await signed(OURS, 'mara', 'jo')), ...LIVE };
  const stricter = { ...OURS, version: '2', effectiveFrom: NOW, signals: { rageClick: null } };
  const two = { ...(await signed(stricter, 'mara', 'jo')), ...LIVE };
  const at = (now, versions = [one, two]) => load(versions, options({ now }));
  const before = await at(NOW - 1);
  assert.deepEqual([before.standing.version, before.standing.until], ['1', NOW]);
  const after = await at(NOW);
  assert.deepEqual([after.standing.version, after.standing.until], ['2', undefined]);
  // A version that is not in force yet is no silent stand-in.
  await assert.rejects(at(OURS.effectiveFrom - 1), { code: 'NOT_IN_FORCE' });
  await assert.rejects(load(two, options({ now: NOW - 1 })), { code: 'NOT_IN_FORCE' });
  // What is in force and was tampered with is refused, not passed over.
  await assert.rejects(at(NOW, [one, { ...two, version: '2b' }]), { code: 'NOT_APPROVED' });
  await assert.rejects(at(NOW, [one, { ...one, version: '1b' }]), { code: 'CONFLICT' });

  // Rolled back: the later one is a draft again, and the earlier one decides as it did, with its approvals.
  const back = await at(NOW, [one, { ...two, status: 'draft' }]);
  assert.equal(back.digest, before.digest);
  assert.equal(back.standing.approvals.length, 2);
  const story = { name: 'n', person: 'ada', moment: { now: NOW } };
  const log = [await record(story, { policy: one }), await record(story, { policy: two })].join('\n');
  const found = await replay(log, { policies: [one, { ...two, status: 'draft' }] });
  assert.deepEqual([found.records, found.same, found.different.count, found.unknownPolicies], [2, 2, 0, []]);
});

test('a policy on trial decides and records, and whatever is asked of it is silence', async () => {
  const wish = { type: 'wish', t: 1000, for: 'person' };
  const moment = { now: NOW + 2000, routes: [{ route: 'human', asOf: NOW + 2000, open: true, staffed: true }] };
  const visitOf = (tactful) => {
    const visit = tactful.person('ada').visit({ startedAt: NOW, salt: 7, record: true });
    visit.track(wish);
    visit.moment(moment);
    return visit;
  };
  const trial = await load({ ...OURS, status: 'shadow' }, options());
  // What takes effect next month is tried out today.
  assert.ok(!(await load({ ...OURS, status: 'shadow', effectiveFrom: NOW + 30 * DAY, reviewDue: undefined }, options())).acts);
  const real = await load({ ...OURS }, { unsigned: true });
  const [shadow, live] = [visitOf(trial), visitOf(real)];
  assert.ok(!trial.acts);
  assert.equal(live.answer().route, 'human');
  assert.deepEqual([shadow.answer().route, shadow.answer().allowed, shadow.bits(moment.now)], ['none', [], 0]);
  assert.equal(shadow.ownBlockers(), 0);
  const decision = shadow.decide();
  assert.equal(decision.route, 'none');
  for (const part of ['also', 'target', 'promise', 'handoff', 'ask']) assert.equal(decision[part], undefined, part);
  assert.deepEqual(decision.because.map(({ code }) => code), ['on_trial']);
  assert.ok(Object.values(decision.verdicts).every(({ allowed, blockers }) => !allowed && blockers.at(-1).code === 'on_trial'));
  assert.deepEqual(decision.scores, live.decide().scores);
  // The record says what it would have done, and does so on any machine.
  const lines = [shadow.record(undefined, { groups: { region: 'north' } }), live.record()];
  assert.deepEqual(JSON.parse(lines[0]).decision, live.decide());
  const found = await replay(lines.join('\n'), { policies: [OURS] });
  assert.deepEqual([found.same, found.different.count, found.bad.count], [2, 0, 0]);
  assert.throws(() => trial.person('eve').visit().record(moment), { code: 'CONFLICT' });
  // What is no longer known cannot be written down.
  const old = real.person('old');
  old.learn(Array.from({ length: 900 }, (_, i) => ({ type: 'milestone', id: `m${i}`, at: i, source: 'crm', name: 'renewed' })));
  assert.throws(() => old.visit({ startedAt: NOW, record: true }).record(moment), { code: 'TOO_LARGE' });
});

test('what nests too deep is refused with its place, and harms nothing after it', async () => {
  let when = { what: 'friction', atLeast: 1 };
  for (let i = 0; i < 5000; i++) when = { not: when };
  const deep = { guards: { rules: { deep: { order: 1, when, blocks: ['pitch'], words: 'w' } } } };
  for (const run of [() => check(deep), () => compile(deep), () => record({ name: 'n', person: 'p', moment: { now: 0, facts: when } })])
    await assert.rejects(run(), (error) => error.code === 'TOO_LARGE' && error.path !== '');
  assert.equal((await check({})).errors.length, 0);
});

test('what the runtime records of any story is decided the same again', async () => {
  const lines = [];
  const policies = [];
  for (const folder of ['examples/stories', 'tests/stories']) {
    for (const name of readdirSync(`${root}${folder}`).filter((each) => each.endsWith('.json'))) {
      const { person: id, history = [], visit: { startedAt, events = [] } = {}, moment, policy } = plain(withZone(JSON.parse(readFileSync(`${root}${folder}/${name}`, 'utf8'))));
      const tactful = await load(policy ?? {}, { unsigned: true });
      if (policy) policies.push(policy);
      const person = tactful.person(id);
      person.learn(history);
      const visit = person.visit({ startedAt: startedAt ?? moment.now, salt: lines.length, record: true });
      events.forEach((event) => visit.track(event));
      lines.push(visit.record(moment));
      tactful.free();
    }
  }
  const found = await replay(lines.join('\n'), { policies });
  assert.ok(found.records > 150);
  assert.deepEqual([found.different, found.unknownPolicies, found.bad], [{ count: 0, named: [] }, [], { count: 0, named: [] }]);
});

/** A story with its times as numbers, as live events have them. */
function plain(value) {
  if (Array.isArray(value)) return value.map(plain);
  if (value === null || typeof value !== 'object') return typeof value === 'string' && /^\d{4}-\d\d-\d\dT[\d:.]+Z$/.test(value) ? Date.parse(value) : value;
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, name === 'policy' ? each : plain(each)]));
}

test('the command line goes the whole way from a key to a release', () => {
  const folder = mkdtempSync(join(tmpdir(), 'tactful-'));
  const cli = (...args) => spawnSync(process.execPath, [`${root}pkg/cli.js`, ...args], { cwd: folder, encoding: 'utf8' });
  const file = (name, content) => writeFileSync(join(folder, name), JSON.stringify(content));
  try {
    for (const name of ['mara', 'jo']) assert.equal(cli('keys', name).status, 0);
    assert.equal(statSync(join(folder, 'mara.key.pem')).mode & 0o077, 0, 'nobody else reads a private key');
    assert.equal(cli('keys', 'mara').status, 2, 'a key is never written over');
    file('ours.json', { id: 'acme', version: '1' });
    file('live.json', LIVE);
    file('approvers.json', Object.fromEntries([['mara', 'compliance'], ['jo', 'CX operations']].map(([name, role]) => [name, { key: readFileSync(join(folder, `${name}.pub.pem`), 'utf8'), roles: [role] }])));
    const release = () => {
      assert.equal(cli('compile', 'ours.json', 'approvals.json', 'live.json', '-o', 'policy.tactful').status, 0);
      return cli('verify', 'policy.tactful', '--approvers', 'approvers.json');
    };
    assert.equal(cli('approve', 'ours.json', '--key', 'mara.key.pem', '--by', 'mara', '--role', 'compliance', '-o', 'approvals.json').status, 0);
    const alone = release();
    assert.deepEqual([alone.status, /1 of 2 people/.test(alone.stdout)], [1, true]);
    assert.equal(cli('approve', 'ours.json', 'approvals.json', '--key', 'jo.key.pem', '--by', 'jo', '--role', 'CX operations', '-o', 'approvals.json').status, 0);
    const both = release();
    assert.deepEqual([both.status, /acme 1 may go live/.test(both.stdout)], [0, true], both.stdout + both.stderr);
    // The paths of keys do as well, beside the file that names them; and nothing is written over itself.
    file('paths.json', { mara: { key: 'mara.pub.pem', roles: ['compliance'] }, jo: { key: 'jo.pub.pem', roles: ['CX operations'] } });
    assert.equal(cli('verify', 'policy.tactful', '--approvers', 'paths.json').status, 0);
    assert.match(cli('audit', 'ours.json', 'approvals.json', 'live.json', '--approvers', 'paths.json').stdout, /\[x\] 3 two people signed exactly this/);
    assert.match(cli('audit', 'ours.json', 'approvals.json', 'live.json').stdout, /\[\?\] 3 two people signed exactly this/);
    for (const args of [['compile', 'ours.json', '-o', 'ours.json'], ['approve', 'ours.json', '--key', 'jo.key.pem', '--by', 'jo', '--role', 'CX operations', '-o', 'ours.json'], ['compile', 'ours.json', '-o', '-'], ['starter', '-o', 'x']])
      assert.equal(cli(...args).status, 2, args.join(' '));
    assert.match(cli('approve', 'live.json', '--key', 'jo.key.pem', '--by', 'jo', '--role', 'CX operations').stderr, /MISSING at \/id/);
    file('ours.json', { id: 'acme', version: '1', guards: { clock: { maxSkewMs: 300001 } } });
    assert.equal(release().status, 1);
    // Versions of one policy that would take effect together.
    file('other.json', { id: 'acme', version: '2', status: 'live' });
    const together = cli('check', 'other.json', 'ours.json', '--json');
    assert.equal(together.status, 0, 'a draft takes no effect');
    file('ours.json', { id: 'acme', version: '1', status: 'shadow' });
    assert.equal(cli('check', 'other.json', 'ours.json').status, 0, 'nor does a trial beside it');
    file('ours.json', { id: 'acme', version: '1', status: 'live' });
    assert.match(cli('check', 'other.json', 'ours.json').stdout, /CONFLICT at \/effectiveFrom/);
    file('other.json', { id: 'acme', version: '1', words: { friction: { visitor: 'x', staff: 'y' } } });
    assert.match(cli('check', 'other.json', 'ours.json').stdout, /CONFLICT at \/version/);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
