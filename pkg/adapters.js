// What teams have already: events that come in, decisions and outcomes that go out. Data maps them, no code.
import { unbase64 } from './base64.js';
import { TactfulError, below, demand, demandObject } from './error.js';

/** The last instant that has a date. */
const LATEST = 8.64e15;
/** The instant a text or a number says. */
function instantOf(value, path) {
  const at = typeof value === 'number' || value instanceof Date ? Number(value) : Date.parse(value);
  if (Number.isFinite(at) && Math.abs(at) <= LATEST) return at;
  throw new TactfulError({ code: value === undefined ? 'MISSING' : 'WRONG_TYPE', path, message: `${JSON.stringify(value) ?? 'nothing'} is no time`, hint: 'RFC 3339 or milliseconds' });
}
const present = (fields) => Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null));
/** What a thing has itself: names come from others, and `constructor` is one of them. */
const own = (thing, name) => (thing !== null && typeof thing === 'object' && Object.hasOwn(thing, name) ? thing[name] : undefined);
const at = (data, way) => way.split('.').reduce(own, data);
const listed = (value) => (value === undefined || value === null ? [] : Array.isArray(value) ? value : [value]);

/** Instants, which others write as text; and what is a number. Everything else that comes as one is a name: a ticket 7. */
const TIMES = ['at', 'receivedAt', 'due', 'until', 'since', 'effectiveAt', 'expiresAt', 'nextUpdateAt', 'effectiveFrom'];
const NUMBERS = ['expectedReadMs', 'earlierSessions', 'value', 'waitMs', 'goodForMs', 'score', 'of'];

/** One field of an event: as it stands, or from where it comes, perhaps under another name. */
function field(name, given, data) {
  if (given === null || typeof given !== 'object' || Array.isArray(given)) return given;
  const value = at(data, given.from);
  if (value === undefined || value === null) return given.else;
  if (given.values) return own(given.values, String(value)) ?? own(given.values, '*');
  if (TIMES.includes(name)) return instantOf(value, `/${given.from.replaceAll('.', '/')}`);
  return typeof value === 'number' && !NUMBERS.includes(name) ? String(value) : value;
}

/** A mapping with a slip of the pen maps nothing, and nobody would notice. */
function checked(mapping, path, known) {
  for (const name of Object.keys(mapping)) demand(known.includes(name), below(path, name), `${JSON.stringify(name)} is none of ${known.join(', ')}`, 'UNKNOWN_FIELD');
}
function checkedTemplates(templates, path) {
  demandObject(templates, path);
  for (const [name, each] of Object.entries(templates)) {
    listed(each).forEach((template, i) => {
      const here = `${below(path, name)}${Array.isArray(each) ? `/${i}` : ''}`;
      demand(typeof template?.type === 'string', `${here}/type`, 'a template has the type of its event', 'MISSING');
      for (const [key, given] of Object.entries(template)) checkedField(given, below(here, key));
    });
  }
}
function checkedField(given, path) {
  if (given === null || typeof given !== 'object') return;
  checked(given, path, ['from', 'values', 'else', 'required']);
  demand(typeof given.from === 'string', `${path}/from`, 'a field says where it comes from', 'MISSING');
}

/** The events that templates make of some data; each has a name of its own. */
function made(templates, data, common) {
  return listed(templates).flatMap((template, i) => {
    const event = present(Object.fromEntries(Object.entries(template).map(([name, given]) => [name, field(name, given, data)])));
    // What has no meaning here is no event.
    if (Object.entries(template).some(([name, given]) => given?.required && !(name in event))) return [];
    return [{ ...common, id: i === 0 ? common.id : `${common.id}:${i}`, ...event }];
  });
}

/**
 * Calls of Segment or RudderStack (`track`, `page`, `identify`, `alias`) as events, by a mapping.
 *
 * @param {object} mapping `{ source?, track?, traits?, consent?, page? }`
 */
export function segment(mapping = {}) {
  demandObject(mapping, '');
  checked(mapping, '', ['source', 'track', 'traits', 'consent', 'page']);
  const { source = 'segment', track = {}, traits = {}, consent = {}, page = {} } = mapping;
  checkedTemplates(track, '/track');
  for (const [name, given] of Object.entries(page)) checkedField(given, below('/page', name));
  const common = (call) => {
    demandObject(call, '', 'this should be a call');
    demand(typeof call.messageId === 'string', '/messageId', 'a call has a messageId', 'MISSING');
    const when = call.timestamp ?? call.originalTimestamp ?? call.sentAt;
    const received = call.receivedAt && instantOf(call.receivedAt, '/receivedAt');
    return present({ id: call.messageId, at: instantOf(when, '/timestamp'), receivedAt: received, source, person: call.userId ?? call.anonymousId });
  };
  /** Where several categories stand for one purpose, one that is refused refuses it. */
  const consents = (call, base) => {
    const purposes = new Map();
    for (const [category, granted] of Object.entries(call.context?.consent?.categoryPreferences ?? {}))
      for (const purpose of listed(own(consent, category))) purposes.set(purpose, granted === true && purposes.get(purpose) !== false);
    return [...purposes].map(([purpose, granted]) => ({ ...base, id: `${base.id}:consent:${purpose}`, type: 'consent', purpose, state: granted ? 'granted' : 'withdrawn' }));
  };
  return {
    /** Durable events of a call; none for what the mapping does not name. */
    history(call) {
      const base = common(call);
      const itself = () => {
        if (call.type === 'track') return made(own(track, call.event), call.properties ?? {}, base);
        if (call.type === 'identify')
          return Object.entries(traits).flatMap(([trait, name]) => {
            const value = at(call.traits ?? {}, trait);
            return value === undefined || value === null ? [] : [{ ...base, id: `${base.id}:${name}`, type: 'fact', name, value }];
          });
        // Who was anonymous has said who they are.
        if (call.type === 'alias') return [{ ...base, type: 'identity', a: call.previousId, b: call.userId, strength: 'strong', state: 'linked' }];
        return [];
      };
      return [...itself(), ...consents(call, base)];
    },

    /** The page events of a call, for a visit that began at `startedAt`. */
    visit(call, startedAt) {
      demandObject(call, '', 'this should be a call');
      if (call.type !== 'page') return [];
      const { at: when } = common(call);
      const { path = call.name, referrer: _ignored, ...properties } = call.properties ?? {};
      const more = present(Object.fromEntries(Object.entries(page).map(([name, given]) => [name, field(name, given, { name: call.name, path, ...properties })])));
      return [{ type: 'pageView', t: Math.max(0, when - startedAt), page: String(path ?? call.name ?? ''), ...more }];
    },
  };
}

/** CloudEvents of ours have this before the type of the event. */
const PREFIX = 'tactful.';
/** What the envelope says already. */
const ENVELOPE = ['id', 'at', 'source', 'person', 'type'];

/** An event in a CloudEvents 1.0 envelope (JSON format). */
export function toCloudEvent(event) {
  demandObject(event, '', 'this should be an event');
  instantOf(event.at, '/at');
  const data = Object.fromEntries(Object.entries(event).filter(([name]) => !ENVELOPE.includes(name)));
  return present({
    specversion: '1.0', id: event.id, source: event.source, type: `${PREFIX}${event.type}`, subject: event.person,
    time: new Date(event.at).toISOString(), datacontenttype: 'application/json', data,
  });
}

/**
 * The events in a CloudEvents 1.0 envelope: our own types as they are, others by `types`, templates as for `track`;
 * none for what the mapping does not name.
 */
export function fromCloudEvent(envelope, mapping = {}) {
  demandObject(mapping, '', 'a mapping is an object');
  const { types = {} } = mapping;
  checkedTemplates(types, '/types');
  demandObject(envelope, '', 'this should be an envelope');
  demand(/^1\./.test(envelope.specversion), '/specversion', 'this is no CloudEvents 1.0', 'UNKNOWN_WORD');
  for (const name of ['id', 'source', 'type']) demand(typeof envelope[name] === 'string' && envelope[name] !== '', `/${name}`, `an envelope has ${name === 'id' ? 'an' : 'a'} ${name}`, 'MISSING');
  const { id, source, subject: person, type } = envelope;
  const base = present({ id, at: instantOf(envelope.time, '/time'), source, person });
  const data = envelope.data ?? (envelope.data_base64 === undefined ? {} : unpacked(envelope.data_base64));
  demandObject(data, '/data');
  if (own(types, type)) return made(types[type], data, base);
  return type.startsWith(PREFIX) ? [{ ...data, ...base, type: type.slice(PREFIX.length) }] : [];
}

/** JSON in base64, for data that may hold any bytes. */
function unpacked(text) {
  try {
    return JSON.parse(new TextDecoder().decode(unbase64(text)));
  } catch (cause) {
    throw new TactfulError({ code: 'SYNTAX', path: '/data_base64', message: 'this is no JSON in base64', hint: String(cause.message) });
  }
}

/** A header, in which what is no ASCII is percent-encoded. */
function decoded(name, value) {
  try {
    return decodeURIComponent(value);
  } catch {
    throw new TactfulError({ code: 'SYNTAX', path: `/${name}`, message: `${JSON.stringify(value)} is not percent-encoded as it should be` });
  }
}

/** The events of a request that carries CloudEvents: structured, batched or in headers. Every mistake at once. */
export async function readCloudEvents(request, mapping) {
  const [media] = (request.headers.get('content-type') ?? '').toLowerCase().split(';');
  const headers = Object.fromEntries([...request.headers].filter(([name]) => name.startsWith('ce-')).map(([name, value]) => [name.slice(3), decoded(name.slice(3), value)]));
  let body;
  try {
    body = await request.json();
  } catch (cause) {
    throw new TactfulError({ code: 'SYNTAX', message: 'the body is no JSON', hint: String(cause.message) });
  }
  const batch = media.trim() === 'application/cloudevents-batch+json';
  const envelopes = batch ? listed(body) : [headers.specversion ? { ...headers, data: body } : body];
  const mistakes = [];
  const events = envelopes.flatMap((envelope, i) => {
    try {
      return fromCloudEvent(envelope, mapping);
    } catch (thrown) {
      const { code, path, reason, hint } = TactfulError.from(thrown);
      mistakes.push({ code, path: batch ? below('', String(i)) + path : path, message: reason, hint });
      return [];
    }
  });
  if (mistakes.length > 0) throw TactfulError.from(mistakes);
  return events;
}

/** OpenTelemetry: information. */
const INFO = 9;

/**
 * A decision as a log record of OpenTelemetry, for `logger.emit()`. It carries codes and numbers: no person, no
 * evidence, no words.
 */
export function toLogRecord(decision) {
  demandObject(decision, '', 'this should be a decision');
  const { scores, verdicts, policy, promise, target = {} } = decision;
  const blocked = Object.entries(verdicts).filter(([, { allowed }]) => !allowed);
  const attributes = present({
    'tactful.decision.id': decision.id,
    'tactful.route': decision.route,
    'tactful.route.also': decision.also?.length > 0 ? decision.also : undefined,
    'tactful.reasons': decision.because.map(({ code }) => code),
    'tactful.policy.id': policy.id,
    'tactful.policy.version': policy.version,
    'tactful.policy.digest': policy.digest,
    'tactful.engine': decision.engine,
    'tactful.intent': scores.intent.top,
    'tactful.friction': scores.friction.points,
    'tactful.urgency': scores.urgency.class,
    'tactful.complexity': scores.complexity.points,
    'tactful.value': scores.value.points,
    'tactful.effort': scores.effort.index,
    'tactful.effort.band': scores.effort.band,
    'tactful.stage': scores.stage.name,
    'tactful.readiness.proven': scores.readiness.proven,
    'tactful.promise.kind': promise?.kind,
    'tactful.promise.due': promise?.due,
    'tactful.due': target.dueBy,
    'tactful.held_out': decision.heldOut,
    ...Object.fromEntries(blocked.map(([purpose, { blockers }]) => [`tactful.blocked.${purpose}`, [...new Set(blockers.map(({ code }) => code))]])),
  });
  return { eventName: 'tactful.decision', timestamp: decision.at, severityNumber: INFO, severityText: 'INFO', body: decision.route, attributes };
}
