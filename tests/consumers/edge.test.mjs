// The example Worker on workerd: exact caps, what survives, what happens without its memory.
import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { TOKENS, bundle, cookie, host, inPlaceOfLedger } from './edge.mjs';

const root = fileURLToPath(new URL('../../', import.meta.url));
const target = `${root}target/edge`;
const DAY = 86_400_000;
const SITE = 'https://help.example';
let out, edge;
before(async () => {
  await rm(target, { recursive: true, force: true });
  out = await bundle(`${target}/out`);
  edge = host(out);
});
after(() => edge?.dispose());

let sequence = 0;
const fresh = () => `customer-${(sequence += 1)}-of-this-test`;
const envelope = (person, type, at, data) => ({ specversion: '1.0', id: `e${(sequence += 1)}`, source: 'crm', type: `tactful.${type}`, subject: person, time: new Date(at).toISOString(), data });
/** A customer of long standing whose case was closed long enough ago, and who may be asked. */
const asked = (person, now = Date.now()) => [
  envelope(person, 'milestone', now - 400 * DAY, { name: 'accountCreated' }),
  envelope(person, 'consent', now - 300 * DAY, { purpose: 'survey', state: 'granted' }),
  envelope(person, 'case', now - 30 * DAY, { case: 'c1', step: 'opened', matter: 'export' }),
  envelope(person, 'case', now - 20 * DAY, { case: 'c1', step: 'closed', matter: 'export' }),
];
const hook = (events, { to = edge, token = TOKENS.WEBHOOK_TOKEN, type = 'application/cloudevents-batch+json' } = {}) =>
  to.dispatchFetch(`${SITE}/tactful/events`, { method: 'POST', headers: { authorization: `Bearer ${token}`, 'content-type': type }, body: JSON.stringify(events) });
const get = async (path, person, { to = edge, ...headers } = {}) => {
  const response = await to.dispatchFetch(`${SITE}${path}`, { headers: { cookie: await cookie(person), ...headers } });
  assert.equal(response.status, 200, path);
  return response.text();
};
const INVITED = /Answer one question/;
const PERSON = /Talk to a person|Ask the assistant/;
const touchOf = (html) => html.match(/name="touch" value="([^"]+)"/)?.[1];
const post = async (fields, person, { origin = SITE } = {}) =>
  edge.dispatchFetch(`${SITE}/tactful/outcome`, { method: 'POST', redirect: 'manual', headers: { cookie: await cookie(person), origin, 'content-type': 'application/x-www-form-urlencoded' }, body: String(new URLSearchParams(fields)) });

test('64 concurrent visits of one person against a cap of 1: exactly one touch', async () => {
  for (let round = 0; round < 5; round++) {
    const person = fresh();
    assert.deepEqual(await (await hook(asked(person))).json(), { learned: 4, people: 1 });
    const pages = await Promise.all(Array.from({ length: 64 }, () => get('/', person)));
    assert.equal(pages.filter((html) => INVITED.test(html)).length, 1, `round ${round}`);
  }
});

test('64 people are 64 ledgers', async () => {
  const people = Array.from({ length: 64 }, fresh);
  await hook(people.flatMap((person) => asked(person)));
  const pages = await Promise.all(people.map((person) => get('/', person)));
  assert.equal(pages.filter((html) => INVITED.test(html)).length, 64);
});

test('who searches in vain is offered help, once, and what they refuse stays refused', async () => {
  const person = fresh();
  let html = '';
  for (let i = 0; i < 4 && !PERSON.test(html); i++) html = await get('/nothing-found', person);
  assert.match(html, PERSON);
  const touch = touchOf(html);
  assert.equal(touchOf(await get('/nothing-found', person)), touch, 'the same offer on the next page is the same touch');
  const answer = await post({ touch, step: 'dismissed', back: '/nothing-found' }, person);
  assert.deepEqual([answer.status, new URL(answer.headers.get('location'), SITE).href], [303, `${SITE}/nothing-found`]);
  assert.doesNotMatch(await get('/nothing-found', person), PERSON);
});

test('never here is for good', async () => {
  const person = fresh();
  await hook(asked(person));
  const touch = touchOf(await get('/', person));
  await post({ touch, step: 'dismissed', never: '1', back: 'https://elsewhere.example/' }, person).then((answer) => assert.equal(new URL(answer.headers.get('location'), SITE).href, `${SITE}/`));
  for (let i = 0; i < 4; i++) assert.doesNotMatch(await get('/nothing-found', person), /Why am I seeing this/);
});

test('only pages of this site speak for a visitor', async () => {
  const person = fresh();
  await hook(asked(person));
  const touch = touchOf(await get('/', person));
  assert.equal((await post({ touch, step: 'dismissed' }, person, { origin: 'https://elsewhere.example' })).status, 403);
  assert.equal((await post({ touch, step: 'shown' }, person)).status, 400);
});

test('an event that comes again with other content changes nothing, before and after a sleep', async () => {
  const person = fresh();
  await hook(asked(person));
  const once = envelope(person, 'suppression', Date.now() - DAY, { scope: 'person', reason: 'asked', state: 'on' });
  await hook([once]);
  await hook([{ ...once, data: { ...once.data, state: 'off' } }]);
  assert.doesNotMatch(await get('/', person), INVITED);
});

test('the CRM is heard in its own words; what cannot be read is named, all of it', async () => {
  const person = fresh();
  assert.equal((await hook([], { token: 'guess' })).status, 401);
  const mistakes = await hook([envelope(person, 'case', Date.now(), {}), { specversion: '1.0', id: 'x', source: 'crm', type: 'tactful.case' }, { specversion: '0.2' }]);
  assert.equal(mistakes.status, 400);
  assert.deepEqual((await mistakes.json()).errors.map(({ path }) => path), ['/1/time', '/2/specversion']);
  assert.equal((await hook([{ ...envelope(person, 'case', Date.now(), {}), subject: undefined }])).status, 400);
  // An open case in the CRM's own type keeps surveys away.
  await hook(asked(person));
  const own = { ...envelope(person, '', Date.now() - 1000, { ticket: { id: 7, topic: 'export', status: 'new' } }), type: 'com.example.crm.ticket.changed' };
  assert.deepEqual(await (await hook(own, { type: 'application/cloudevents+json' })).json(), { learned: 1, people: 1 });
  assert.doesNotMatch(await get('/', person), INVITED);
});

test('an event that cannot be learned is refused before it is kept', async () => {
  const person = fresh();
  const wrong = await hook([envelope(person, 'case', Date.now(), { case: 'c', step: 'opend' })]);
  assert.equal(wrong.status, 400);
  assert.match(JSON.stringify(await wrong.json()), /\/step/);
  await hook(asked(person));
  assert.match(await get('/', person), INVITED);
});

test('a browser that says no is heard', async () => {
  const person = fresh();
  await hook(asked(person));
  await get('/', person, { 'sec-gpc': '1' });
  const records = await exported((each) => each.person === person);
  assert.equal(records[0].moment.privacySignal, true);
});

/** The export, once it has what is looked for. */
async function exported(wanted) {
  const day = new Date().toISOString().slice(0, 10);
  for (let i = 0; i < 50; i++) {
    const response = await edge.dispatchFetch(`${SITE}/tactful/records/${day}`, { headers: { authorization: `Bearer ${TOKENS.EXPORT_TOKEN}` } });
    const lines = (await response.text()).split('\n').filter(Boolean).map((line) => JSON.parse(line)).filter(wanted);
    if (lines.length > 0) return lines;
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
  throw new Error('the records never came');
}

test('decision records are exported, and every one of them is made again to the byte', async () => {
  assert.equal((await edge.dispatchFetch(`${SITE}/tactful/records/2026-01-01`)).status, 401);
  const person = fresh();
  await hook(asked(person));
  for (const path of ['/', '/export', '/nothing-found']) await get(path, person);
  const records = await exported((each) => each.person === person);
  await writeFile(`${target}/log.ndjson`, records.map((record) => `${JSON.stringify(record)}\n`).join(''));
  const { stdout } = await promisify(execFile)(process.execPath, [`${root}pkg/cli.js`, 'replay', `${target}/log.ndjson`, '--policy', `${root}examples/worker/policy.json`, '--json']);
  assert.match(stdout, new RegExp(`"same":${records.length}|"replayed":${records.length}`));
});

/** A ledger that cannot be reached: it throws, or it never answers. */
const BROKEN = {
  throws: 'throw new Error("broken")',
  'never answers': 'await new Promise(() => {})',
};
for (const [how, body] of Object.entries(BROKEN))
  test(`a ledger that ${how}: the page comes, nothing unasked is offered, who asks is answered`, async () => {
    const alone = host(out, { ...inPlaceOfLedger(body), handleRuntimeStdio: () => {} });
    try {
      const person = fresh();
      for (let i = 0; i < 4; i++) assert.doesNotMatch(await get('/nothing-found', person, { to: alone }), /Why am I seeing this/);
      assert.doesNotMatch(await get('/', person, { to: alone }), INVITED);
      const html = await get('/contact', person, { to: alone });
      assert.match(html, /Talk to a person/);
      assert.equal(touchOf(html), undefined, 'what nobody can count cannot be refused either');
    } finally {
      await alone.dispose();
    }
  });

/** Starts the host in a process of its own; resolves with its address. */
/** A site for the edge to stand before. */
async function origin(answer) {
  const server = createServer(answer);
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${server.address().port}`, close: () => server.close() };
}
const spawned = (persist) => new Promise((resolve, reject) => {
  const child = spawn(process.execPath, [fileURLToPath(new URL('./edge-host.mjs', import.meta.url)), out, persist], { detached: true, stdio: ['ignore', 'pipe', 'inherit'] });
  child.stdout.once('data', (line) => resolve({ url: String(line).trim(), kill: () => process.kill(-child.pid, 'SIGKILL') }));
  child.once('exit', (code) => reject(new Error(`it ended with ${code}`)));
});

test('a customer is known by whatever their id is', async () => {
  for (const person of [`ada.lovelace+${fresh()}@example.com`, `Müller; ${fresh()}`, `4711-${fresh()}`]) {
    await hook(asked(person));
    assert.match(await get('/', person), INVITED, person);
  }
});

test('a ledger with a row of another version permits nothing, awake or not', async () => {
  const persist = `${target}/foreign`;
  const person = fresh();
  const spoiling = await bundle(`${target}/spoiled`, fileURLToPath(new URL('./spoiled.js', import.meta.url)));
  let it = host(spoiling, { persist, handleRuntimeStdio: () => {} });
  try {
    await hook(asked(person), { to: it });
    assert.match(await get('/', person, { to: it }), INVITED);
    const { LEDGER } = await it.getBindings('help-center');
    await LEDGER.get(LEDGER.idFromName(person)).spoil();
    await it.dispose();
    it = host(out, { persist, handleRuntimeStdio: () => {} });
    for (let i = 0; i < 4; i++) assert.doesNotMatch(await get('/nothing-found', person, { to: it }), /Why am I seeing this/);
    assert.match(await get('/contact', person, { to: it }), /Talk to a person/);
  } finally {
    await it.dispose();
  }
});

test('a ledger that slept knows what was corrected, who was asked, and what was said to it', async () => {
  const it = host(await bundle(`${target}/sleeping`, fileURLToPath(new URL('./spoiled.js', import.meta.url))), { handleRuntimeStdio: () => {} });
  try {
    const { LEDGER } = await it.getBindings('help-center');
    const ledger = (person) => LEDGER.get(LEDGER.idFromName(person));
    const sleep = (person) => assert.rejects(async () => ledger(person).sleep());
    const now = Date.now();
    // A permission that was corrected.
    const corrected = fresh();
    await hook(asked(corrected), { to: it });
    const consent = { type: 'consent', id: 'c', at: now - DAY, source: 'crm', purpose: 'survey', state: 'granted' };
    await ledger(corrected).learn(corrected, [consent]);
    await ledger(corrected).learn(corrected, [{ ...consent, state: 'withdrawn', receivedAt: now }]);
    await sleep(corrected);
    assert.doesNotMatch(await get('/', corrected, { to: it }), INVITED);
    // Two pages with a sleep between them are given the same offer; the second answer comes too late.
    const person = fresh();
    const decided = (at) => ledger(person).searched(person, at);
    let [at, first] = [now, undefined];
    while (!first) first = await decided((at += 5000));
    await sleep(person);
    const second = await decided((at += 5000));
    assert.equal(second.touch, first.touch);
    await ledger(person).unseen(person, { ...second, now: at });
    assert.deepEqual((await ledger(person).rows()).filter((id) => id.endsWith('cancelled')), [], 'the first page has shown it');
    // "Never here", to a version that cannot read the visit of the one before.
    await ledger(person).spoilVisit();
    await sleep(person);
    await ledger(person).told(person, { touch: first.touch, step: 'dismissed', never: true, now: at });
    assert.deepEqual((await ledger(person).rows()).filter((id) => / (dismissed|never)$/.test(id)), [`${first.touch} dismissed`, `${first.touch} never`]);
    assert.equal(await decided((at += 5000)), undefined);
  } finally {
    await it.dispose();
  }
});

test('an answer that comes too late is taken off the count', async () => {
  const slow = host(out, { ...inPlaceOfLedger(`await scheduler.wait(400); return { offer: { touch: 't1', delivery: 1 } }; } async unseen(person, what) { await this.ctx.storage.put('unseen', what.touch); } async seen() { return this.ctx.storage.get('unseen');`), handleRuntimeStdio: () => {} });
  try {
    const person = fresh();
    assert.doesNotMatch(await get('/', person, { to: slow }), INVITED);
    const { LEDGER } = await slow.getBindings('help-center');
    for (let i = 0; i < 30 && !(await LEDGER.get(LEDGER.idFromName(person)).seen()); i++) await new Promise((resolve) => setTimeout(resolve, 100));
    assert.equal(await LEDGER.get(LEDGER.idFromName(person)).seen(), 't1');
  } finally {
    await slow.dispose();
  }
});

test('nobody can speak for somebody else, and a stranger has no ledger', async () => {
  const person = fresh();
  await hook(asked(person));
  const real = await cookie(person);
  const forged = [`__Host-help=${person}`, real.replace(/.$/, (last) => (last === '0' ? '1' : '0')), (await cookie('customer-of-mine')).replace('customer-of-mine', person), '__Host-help=%E0%A4%A.'.padEnd(90, '0')];
  for (const header of [...forged, undefined]) {
    const response = await edge.dispatchFetch(SITE, { headers: header ? { cookie: header } : {} });
    assert.match(response.headers.get('set-cookie'), /^__Host-help=stranger-/, header);
    assert.doesNotMatch(await response.text(), INVITED);
  }
  const private_ = await edge.dispatchFetch(SITE, { headers: { 'sec-gpc': '1' } });
  assert.equal(private_.headers.get('set-cookie'), null);
  assert.match(await get('/', person), INVITED);
});

test('a path is a path at the origin, whatever it looks like; its query goes along', async () => {
  const seen = [];
  const site = await origin((request, response) => {
    seen.push(request.url);
    response.writeHead(200, { 'content-type': 'text/html' }).end('<main data-tactful-page="p"></main>');
  });
  const fronted = host(out, { bindings: { ORIGIN: site.url } });
  try {
    for (const path of ['//evil.example/x', '/search?q=export&page=2']) await (await fronted.dispatchFetch(`${SITE}${path}`)).text();
    assert.deepEqual(seen, ['//evil.example/x', '/search?q=export&page=2']);
  } finally {
    await fronted.dispose();
    site.close();
  }
});

test('a mistake in a page costs the offer, never the page; a second place stays empty', async () => {
  const pages = {
    '/typo': '<h1>Here</h1><main data-tactful-page="p" data-tactful-role="artcle"><div data-tactful-offer></div></main>',
    '/twice': '<main data-tactful-page="contact" data-tactful-wish="person"><div data-tactful-offer></div><div data-tactful-offer></div></main>',
  };
  const site = await origin((request, response) => response.writeHead(200, { 'content-type': 'text/html' }).end(pages[request.url]));
  const fronted = host(out, { bindings: { ORIGIN: site.url }, handleRuntimeStdio: () => {} });
  try {
    const person = fresh();
    assert.match(await get('/typo', person, { to: fronted }), /<h1>Here<\/h1>/);
    assert.equal((await get('/twice', person, { to: fronted })).match(/id="offer-title"/g).length, 1);
  } finally {
    await fronted.dispose();
    site.close();
  }
});

test('killed in the middle and started again, the ledger knows what it has counted', async () => {
  const person = fresh();
  const persist = `${target}/kept`;
  const ask = async (url, path, init = {}) => fetch(new URL(path, url), { ...init, headers: { cookie: await cookie(person), ...init.headers } });
  let it = await spawned(persist);
  try {
    const learned = await ask(it.url, '/tactful/events', { method: 'POST', headers: { authorization: `Bearer ${TOKENS.WEBHOOK_TOKEN}`, 'content-type': 'application/cloudevents-batch+json' }, body: JSON.stringify(asked(person)) });
    assert.equal(learned.status, 200);
    assert.match(await (await ask(it.url, '/')).text(), INVITED);
    it.kill();
    it = await spawned(persist);
    for (let i = 0; i < 3; i++) assert.doesNotMatch(await (await ask(it.url, '/')).text(), INVITED);
    // "Never here", killed again, and the visit goes on: nobody asks.
    let html = '';
    for (let i = 0; i < 4 && !PERSON.test(html); i++) html = await (await ask(it.url, '/nothing-found')).text();
    const refused = await ask(it.url, '/tactful/outcome', { method: 'POST', redirect: 'manual', headers: { origin: new URL(it.url).origin, 'content-type': 'application/x-www-form-urlencoded' }, body: `touch=${touchOf(html)}&step=dismissed&never=1` });
    assert.equal(refused.status, 303);
    it.kill();
    it = await spawned(persist);
    for (let i = 0; i < 5; i++) assert.doesNotMatch(await (await ask(it.url, '/nothing-found')).text(), /Why am I seeing this/);
  } finally {
    it.kill();
  }
});
