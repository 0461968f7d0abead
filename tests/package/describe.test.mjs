// The page of a policy's definitions: for people who have never seen JSON.
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { describe } from 'tactful/studio';
import { differing, span } from '../../pkg/describe.js';

const folder = mkdtempSync(join(tmpdir(), 'describe-'));
after(() => rmSync(folder, { recursive: true }));
const cli = (...args) => spawnSync(process.execPath, [fileURLToPath(new URL('../../pkg/cli.js', import.meta.url)), ...args], { encoding: 'utf8' });

const OURS = {
  id: 'ours & others', version: '7', status: 'live', effectiveFrom: '2026-10-01T00:00:00Z', reviewDue: Date.UTC(2027, 0, 1),
  approvals: [{ by: 'Ines <Falk>', role: 'compliance', at: '2026-09-28T00:00:00Z', policy: 'ours & others', digest: 'x', compiled: 'x', guardrails: 'x', signature: '' }],
  changeLog: [{ at: '2026-09-20T00:00:00Z', by: 'Ines', why: 'Exam weeks.' }],
  facts: { 'exams.today': { unit: 'boolean' } },
  processes: { claims: { versions: { old: { normalContacts: 1, targetMs: 432_000_000 }, new: { normalContacts: 3, effectiveFrom: '2026-09-01T00:00:00Z' } } } },
  guards: {
    caps: { pitchWeek: { limit: 0 }, helpWeek: null },
    rules: { exams: { order: 1, code: 'exam_week', blocks: ['pitch'], when: { any: [{ what: 'fact:exams.today', is: true, unknown: 'allow' }, { not: { what: 'friction', atMost: 300 } }] }, words: 'Good luck.' } },
  },
  scores: { effort: { indicators: { repeatContact: { points: 25 } } } },
  waivers: { help: { of: '/guards/windows/openCase', why: 'the case system moves', by: 'Ines', until: '2026-12-24T00:00:00Z' } },
};
const page = await describe(OURS);
const said = page.replace(/<style>.*?<\/style>/s, '').replace(/<[^>]+>/g, ' ').replace(/&amp;/g, '&').replace(/&lt;/g, '<').replace(/&gt;/g, '>').replace(/\s+/g, ' ');

test('the page says who, since when, and what counts as high effort', () => {
  for (const words of [
    'ours & others version 7', 'In force from 2026-10-01', 'To be looked at again by 2027-01-01', 'Approved by nobody yet. Of an earlier version, good for what is unchanged in its guardrails at most: Ines <Falk> (compliance, 2026-09-28)',
    'repeat contact: contacts the customer made with a person, beyond those that belong to the process 25 5 times',
    'effort is raised from 30 points and high from 60', 'survey answers are never part of it', 'Owner: service operations', 'scores: effort service operations',
    'Where the numbers come from: indicators as research on customer effort counts them',
    'guards › windows › open case 2026-12-24 Ines the case system moves',
    'claims new 2026-09-01 3 contacts are normal', 'claims old always one contact is normal solved within 5 days',
  ]) assert.ok(said.includes(words), words);
});

test('guards are sentences, and rules of one’s own are read aloud', () => {
  for (const words of [
    'Where no source is named, the numbers are judgement.', 'None in any 7 days: suggestions of something to buy.', 'for each kind. (Source: the same question at most once a quarter, as relationship surveys are run; judgement.)', 'Nothing by phone, sms, push between 21:00 and 08:00 where the person is, except in matters of security, outage.',
    'While a case is open, and 7 days after it was closed (3 days if the customer confirmed that it is solved).',
    'exams: when (fact:exams.today is true (where nobody knows, it is allowed) or not (friction is at most 300)), no suggestions of something to buy. People read: “Good luck.”',
  ]) assert.ok(said.includes(words), words);
  assert.ok(!said.includes('At most 2 in any 7 days: messages that offer help'), 'a guard that was left out');
});

test('what differs from the starter is named with what it means, and nothing else is', () => {
  for (const words of ['guards › caps › pitchWeek › limit 2 0 How many; 0 means never.', 'scores › effort › indicators › repeatContact › points 20 25', 'guards › caps › helpWeek there left out'])
    assert.ok(said.includes(words), words);
  assert.deepEqual(differing({ a: { b: 1 } }, { a: { b: 1 } }), []);
});

test('nothing on the page needs a network, a script or a reader of JSON', async () => {
  assert.doesNotMatch(page, /<script|<link|src=|https?:/);
  assert.doesNotMatch(said, /[{}]|\[\[|undefined|NaN|null|\bobject\b/);
  for (const file of ['www/policy.json', ...readdirSync(new URL('../../examples/presets/', import.meta.url)).map((name) => `examples/presets/${name}`)]) {
    const each = await describe(JSON.parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')));
    assert.doesNotMatch(each.replace(/<style>.*?<\/style>/s, ''), /undefined|NaN|\[object/, file);
  }
});

test('spans are said as people say them', () => {
  assert.deepEqual([0, 1, 1500, 60_000, 86_400_000, 5_400_000].map(span), ['no time', '1 millisecond', '1,500 milliseconds', '1 minute', '1 day', '90 minutes']);
});

test('on the command line: a file or standard output, and a wrong policy is told instead', () => {
  const policy = join(folder, 'policy.json');
  writeFileSync(policy, JSON.stringify(OURS));
  const out = join(folder, 'page.html');
  assert.equal(cli('describe', policy, '-o', out).status, 0);
  assert.equal(readFileSync(out, 'utf8'), page);
  assert.equal(cli('describe', policy).stdout, page);
  assert.deepEqual(readdirSync(folder).sort(), ['page.html', 'policy.json'], 'no half-written file');
  assert.equal(cli('describe', policy, '-o', join(folder, 'none', 'x.html')).status, 2);
  writeFileSync(policy, '{ "guards": { "caps": { "pitchWeek": { "limit": -1 } } } }');
  const wrong = cli('describe', policy, '-o', out);
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, /\/guards\/caps\/pitchWeek\/limit/);
});

test('whom nobody turns to is said, and so is a policy that turns to anybody', async () => {
  for (const words of [
    'Without permission nobody is sent help, asked or sold to; to be sold to, they have also permitted', 'Whoever does not want to be contacted is not; not even by a notice where the reason is legal, bounced.',
    'nobody within 14 days of becoming a customer', '10 minutes between quiet offers of help on the open page.', 'after any offer, message, question or suggestion: suggestions of something to buy',
    'Where a source is silent it is unknown, unless it is high already',
  ]) assert.ok(said.includes(words), words);
  const open = await describe({ guards: { consent: null, suppression: null, survey: null } });
  for (const words of ['Permission is not asked for.', 'Whoever does not want to be contacted is contacted.', 'Anybody is asked how it went.']) assert.ok(open.includes(words), words);
});

test('a patch over a patch is laid over the starter as they come', () => {
  const files = [{ guards: { caps: null } }, { guards: { caps: { pitchWeek: { scope: 'person', purposes: ['pitch'], channels: 'all', limit: 9, window: { calendar: 'week' } } } } }].map((patch, i) => {
    const file = join(folder, `patch-${i}.json`);
    writeFileSync(file, JSON.stringify(patch));
    return file;
  });
  const { stdout } = cli('describe', ...files);
  const [, caps] = stdout.match(/How often at most<\/h3><ul>(.*?)<\/ul>/s);
  assert.deepEqual(caps.match(/<li>[^<]*/g), ['<li>At most 9 a week, by the person’s calendar: suggestions of something to buy.'], 'what was taken away stays away');
});
