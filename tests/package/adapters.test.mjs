// What teams have already, in and out: against the libraries of those who define the formats.
import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { test } from 'node:test';
import { JsonLogsSerializer } from '@opentelemetry/otlp-transformer';
import { InMemoryLogRecordExporter, LoggerProvider, SimpleLogRecordProcessor } from '@opentelemetry/sdk-logs';
import { CloudEvent, HTTP } from 'cloudevents';
import { load } from 'tactful';
import { fromCloudEvent, readCloudEvents, segment, toCloudEvent, toLogRecord } from 'tactful/adapters';

const tactful = await load(readFileSync(new URL('../../pkg/starter.tactful', import.meta.url)), { unsigned: true });
const stories = new URL('../../examples/stories/', import.meta.url);
const NOW = Date.parse('2026-09-16T10:00:00Z');
/** Events of every type that the sample stories know, with times as numbers. */
const histories = readdirSync(stories).filter((name) => name.endsWith('.json')).flatMap((name) => JSON.parse(readFileSync(new URL(name, stories), 'utf8')).history ?? []);
const plain = histories.map((event) => ({ ...event, at: typeof event.at === 'string' ? Date.parse(event.at) : event.at }));

const CALL = { messageId: 'm1', timestamp: '2026-09-16T09:00:00.000Z', receivedAt: '2026-09-16T09:00:01.000Z', userId: 'ada', context: {} };
const adapter = segment({
  track: {
    'Seat Limit Hit': { type: 'milestone', name: 'limitHit', what: { from: 'plan' } },
    'Ticket Updated': { type: 'case', case: { from: 'ticket.id' }, step: { from: 'ticket.status', values: { new: 'opened', solved: 'resolved' }, required: true }, matter: { from: 'ticket.topic', else: 'other' } },
  },
  traits: { 'plan.seats': 'plan.seats' },
  consent: { Advertising: 'marketing', Analytics: ['profiling', 'survey'] },
});

test('a track call becomes the event it stands for, and an unknown one nothing', () => {
  const base = { id: 'm1', at: NOW - 3600_000, receivedAt: NOW - 3599_000, source: 'segment', person: 'ada' };
  const call = (event, properties) => ({ ...CALL, type: 'track', event, properties });
  assert.deepEqual(adapter.history(call('Seat Limit Hit', { plan: 'team' })), [{ ...base, type: 'milestone', name: 'limitHit', what: 'team' }]);
  assert.deepEqual(adapter.history(call('Ticket Updated', { ticket: { id: 7, status: 'solved' } })), [{ ...base, type: 'case', case: '7', step: 'resolved', matter: 'other' }]);
  assert.deepEqual(adapter.history(call('Ticket Updated', { ticket: { id: 7, status: 'pending' } })), [], 'a status without a meaning is no step');
  assert.deepEqual(adapter.history(call('Banner Viewed', {})), []);
});

test('identify brings facts and consent, alias says who somebody was', () => {
  const call = { ...CALL, type: 'identify', traits: { plan: { seats: 20 }, email: 'ada@example.org' }, context: { consent: { categoryPreferences: { Advertising: false, Analytics: true, Other: true } } } };
  const events = adapter.history(call);
  assert.deepEqual(events.map(({ type, name, value, purpose, state }) => [type, name ?? purpose, value ?? state]), [
    ['fact', 'plan.seats', 20], ['consent', 'marketing', 'withdrawn'], ['consent', 'profiling', 'granted'], ['consent', 'survey', 'granted'],
  ]);
  assert.equal(new Set(events.map(({ id }) => id)).size, events.length);
  assert.ok(!JSON.stringify(events).includes('ada@example.org'), 'what nobody mapped stays outside');
  const [link] = adapter.history({ ...CALL, type: 'alias', previousId: 'anonymous-1', userId: 'ada' });
  assert.deepEqual([link.type, link.a, link.b, link.state], ['identity', 'anonymous-1', 'ada', 'linked']);
});

test('what the adapters make is learned and decides', () => {
  const person = tactful.person('ada');
  person.learn(adapter.history({ ...CALL, type: 'track', event: 'Ticket Updated', properties: { ticket: { id: 'c1', status: 'new', topic: 'export' } } }));
  const visit = person.visit({ startedAt: NOW, salt: 0 });
  const page = segment({ page: { role: { from: 'name', values: { Pricing: 'pricing', '*': 'other' } } } });
  for (const event of page.visit({ ...CALL, type: 'page', timestamp: NOW + 500, name: 'Pricing', properties: { path: '/pricing', referrer: 'https://elsewhere.example' } }, NOW)) visit.track(event);
  const { verdicts } = visit.decide({ now: NOW + 1000 });
  assert.ok(verdicts.pitch.blockers.some(({ code }) => code === 'open_case'));
});

test('a call that cannot be read says where', () => {
  const wrong = (call, code, path) => assert.throws(() => adapter.history(call), { code, path });
  wrong(null, 'WRONG_TYPE', '');
  wrong({ type: 'track', timestamp: NOW }, 'MISSING', '/messageId');
  wrong({ ...CALL, timestamp: 'soon' }, 'WRONG_TYPE', '/timestamp');
  wrong({ messageId: 'm', type: 'track' }, 'MISSING', '/timestamp');
});

test('names that come from outside are only names', () => {
  assert.deepEqual(adapter.history({ ...CALL, type: 'track', event: 'constructor', properties: {} }), []);
  assert.deepEqual(fromCloudEvent({ specversion: '1.0', id: '1', source: 's', type: 'toString', time: NOW }), []);
});

test('a purpose that one of its categories refuses is refused, in any order', () => {
  const both = segment({ consent: { Ads: 'marketing', Targeting: 'marketing' } });
  for (const categoryPreferences of [{ Ads: true, Targeting: false }, { Targeting: false, Ads: true }])
    assert.deepEqual(both.history({ ...CALL, type: 'identify', context: { consent: { categoryPreferences } } }).map(({ state }) => state), ['withdrawn']);
});

test('a slip in a mapping is found when it is given', () => {
  const wrong = (mapping, code, path) => assert.throws(() => segment(mapping), { code, path });
  wrong({ tracks: {} }, 'UNKNOWN_FIELD', '/tracks');
  wrong({ track: { A: { tpe: 'case' } } }, 'MISSING', '/track/A/type');
  wrong({ track: { A: [{ type: 'case', case: { form: 'id' } }] } }, 'UNKNOWN_FIELD', '/track/A/0/case/form');
});

test('every event goes out in an envelope and comes back the same', () => {
  assert.ok(new Set(plain.map(({ type }) => type)).size > 8);
  for (const event of plain) assert.deepEqual(fromCloudEvent(JSON.parse(JSON.stringify(toCloudEvent(event)))), [event], event.id);
});

test('the library of CloudEvents reads our envelopes, and we read what it sends, in every mode', async () => {
  const [event] = plain.filter(({ person, type }) => !person && type === 'case');
  const theirs = new CloudEvent(toCloudEvent({ ...event, person: 'ada' }));
  assert.ok(theirs.validate());
  for (const message of [HTTP.binary(theirs), HTTP.structured(theirs)]) {
    const request = new Request('https://edge.example/events', { method: 'POST', headers: message.headers, body: typeof message.body === 'string' ? message.body : JSON.stringify(message.body) });
    assert.deepEqual(await readCloudEvents(request), [{ ...event, person: 'ada' }]);
  }
  const batch = (list) => new Request('https://edge.example/events', { method: 'POST', headers: { 'content-type': 'application/cloudevents-batch+json; charset=utf-8' }, body: JSON.stringify(list) });
  assert.deepEqual(await readCloudEvents(batch(plain.map(toCloudEvent))), plain);
  // All mistakes at once, each with its place.
  await assert.rejects(readCloudEvents(batch([toCloudEvent(event), { specversion: '0.3' }, { ...toCloudEvent(event), id: '' }])), (error) => {
    assert.deepEqual(error.all.map(({ code, path }) => [code, path]), [['UNKNOWN_WORD', '/1/specversion'], ['MISSING', '/2/id']]);
    return true;
  });
  const rejects = (headers, body, expected) => assert.rejects(readCloudEvents(new Request('https://edge.example/events', { method: 'POST', headers, body })), expected);
  await rejects({}, 'nothing', { code: 'SYNTAX' });
  await rejects({ 'ce-specversion': '1.0', 'ce-id': '100%' }, '{}', { code: 'SYNTAX', path: '/id' });
  await rejects({}, JSON.stringify({ ...toCloudEvent(event), data: 'text' }), { code: 'WRONG_TYPE', path: '/data' });
  await rejects({}, JSON.stringify({ ...toCloudEvent(event), data: undefined, data_base64: '%' }), { code: 'SYNTAX', path: '/data_base64' });
  const { data, ...rest } = toCloudEvent({ ...event, matter: 'Rückgabe' });
  const [back] = fromCloudEvent({ ...rest, data_base64: Buffer.from(JSON.stringify(data)).toString('base64') });
  assert.equal(back.matter, 'Rückgabe');
});

test('types of others mean what the mapping says', () => {
  const envelope = { specversion: '1.0', id: 'e1', source: '/crm', type: 'com.example.ticket.closed', subject: 'ada', time: '2026-09-16T09:00:00Z', data: { ticket: 'c1' } };
  assert.deepEqual(fromCloudEvent(envelope, { types: { 'com.example.ticket.closed': { type: 'case', case: { from: 'ticket' }, step: 'closed' } } }), [{ id: 'e1', at: NOW - 3600_000, source: '/crm', person: 'ada', type: 'case', case: 'c1', step: 'closed' }]);
  assert.deepEqual(fromCloudEvent(envelope), []);
});

test('a decision as a log record of OpenTelemetry, with nothing of the person in it', async () => {
  const person = tactful.person('ada@example.org');
  person.learn([{ type: 'case', id: 'very-private', at: 1, source: 'crm', case: 'c', step: 'opened', matter: 'divorce' }]);
  const visit = person.visit({ startedAt: NOW, salt: 0 });
  for (const t of [0, 1, 2, 3, 4]) visit.track({ type: 'click', t, target: 'x', control: 'button', x: 1, y: 1 });
  const decision = visit.decide({ now: NOW + 2000, routes: [{ route: 'human', asOf: NOW + 2000, open: true, staffed: true }] });

  const exporter = new InMemoryLogRecordExporter();
  const provider = new LoggerProvider({ processors: [new SimpleLogRecordProcessor({ exporter })] });
  provider.getLogger('tactful').emit(toLogRecord(decision));
  await provider.forceFlush();
  const sent = JSON.parse(new TextDecoder().decode(JsonLogsSerializer.serializeRequest(exporter.getFinishedLogRecords())));
  const [record] = sent.resourceLogs[0].scopeLogs[0].logRecords;
  const attributes = Object.fromEntries(record.attributes.map(({ key, value }) => [key, value]));
  assert.equal(record.eventName, 'tactful.decision');
  assert.equal(BigInt(record.timeUnixNano), BigInt(NOW + 2000) * 1_000_000n);
  assert.equal(attributes['tactful.route'].stringValue, decision.route);
  assert.equal(attributes['tactful.friction'].intValue, decision.scores.friction.points);
  assert.ok(attributes['tactful.blocked.pitch'].arrayValue.values.some(({ stringValue }) => stringValue === 'open_case'));
  const text = JSON.stringify(sent);
  for (const secret of ['ada@', 'very-private', 'divorce']) assert.ok(!text.includes(secret), secret);
});

test('what is no call, event, envelope or decision is refused by name', () => {
  for (const wrong of [null, 7, []])
    for (const call of [() => segment(wrong), () => segment().history(wrong), () => segment().visit(wrong, 0), () => toCloudEvent(wrong), () => fromCloudEvent(wrong), () => fromCloudEvent({}, wrong), () => fromCloudEvent({}, { types: wrong }), () => toLogRecord(wrong)])
      assert.throws(call, { name: 'TactfulError', code: 'WRONG_TYPE' }, String(call));
  assert.throws(() => toCloudEvent({ id: '1', source: 's', type: 'case', at: 1e17 }), { name: 'TactfulError', path: '/at' });
});
