// The same classes over every edition of the wasm. Nothing about a person lives in module scope: an
// edge isolate serves many people.
import { Batch } from './batch.js';
import { LATEST, NOBODY, Reader, Writer } from './codec.js';
import { TactfulError, alive, demand, guarded, instant } from './error.js';
import { DECISION, HISTORY_EVENT, MOMENT, QUARANTINED, SIGNAL, TALLIES, VISIT_EVENT } from './layout.js';

const ROUTES = DECISION[1].find(([name]) => name === 'route')[1].slice(1);
const PURPOSES = DECISION[1].find(([name]) => name === 'verdicts')[1][1].map(([name]) => name);
const [ALLOWED, LIVE, PURPOSE] = [8, 16, 20];
/** What the hot call gives from within a call; no answer has all bits. */
const BUSY = 0xffffffff;
/** No route, nothing allowed. */
const SILENCE = 0;
const HISTORY_EVENTS = ['list', HISTORY_EVENT];

/** What the number of a hot call says. Shared and frozen: equal answers are the same object. */
const answers = new Map();
function answer(bits) {
  let known = answers.get(bits);
  if (!known) {
    const allowed = PURPOSES.filter((_, i) => bits & (1 << (ALLOWED + i)));
    known = Object.freeze({
      bits,
      route: ROUTES[bits & 0xff],
      live: Boolean(bits & (1 << LIVE)),
      purpose: PURPOSES[((bits >> PURPOSE) & 0xf) - 1],
      allowed: Object.freeze(allowed),
    });
    answers.set(bits, known);
  }
  return known;
}

/** What a call left in the memory of the wasm, or room for what goes in. */
export function viewed(glue, length) {
  // In this order: asking may grow the memory, which leaves the old buffer dead.
  const at = glue.view(length);
  return new Uint8Array(glue.memory().buffer, at, length);
}

/** A loaded policy. */
export class Tactful {
  #engine;
  #glue;
  #standing;
  #acts;

  constructor(glue, engine, standing, acts) {
    this.#glue = glue;
    this.#engine = engine;
    this.#standing = standing;
    this.#acts = acts;
  }

  /** What the policy says of itself, with the approvals that were verified. */
  get standing() {
    return this.#standing;
  }

  /** SHA-256 of the policy's canonical JSON. */
  get digest() {
    this.#alive();
    return this.#standing.digest;
  }

  /** Whether it acts: in shadow it decides and records, and every answer is silence. */
  get acts() {
    return this.#acts;
  }

  /** Why, in plain words: `{ visitor, staff }` for a reason code, in a language the policy has or its own. */
  words(code, language) {
    demand(language === undefined || typeof language === 'string', '/language', 'a language is a BCP 47 tag, for example "de"');
    const found = this.#alive().words(String(code), language);
    if (found === undefined) return undefined;
    const [visitor, staff] = found.split('\n');
    return { visitor, staff };
  }

  /** Where a pushed fact goes in `person.facts`; -1 when the policy knows no such fact. */
  slot(name) {
    return this.#alive().slot(String(name).replace(/^fact:/, ''));
  }

  /** The sources of this policy that know an event type. */
  sources(type) {
    return this.#alive().sources(String(type)).split('\n').filter(Boolean);
  }

  /** Codes of the organisation's own guards, in the order of the bits of `visit.ownBlockers()`. */
  get ownGuards() {
    const codes = this.#alive().own_guards();
    return codes ? codes.split('\n') : [];
  }

  /** A person, from nothing or from what `save()` gave. */
  person(id, saved) {
    if (typeof id !== 'string' || id === '')
      throw new TactfulError({ code: 'MISSING', path: '/id', message: 'a person has an id', hint: 'an empty id would be everybody' });
    return new Person(this.#glue, guarded(() => this.#alive().person(id, saved)), { id, slots: this.#alive().slots(), acts: this.#acts });
  }

  /** Many visits, asked in one call. */
  batch(visits) {
    demand(Array.isArray(visits), '/visits', 'this should be a list of visits');
    return new Batch(this.#glue, this.#alive(), visits, this.#acts);
  }

  free() {
    this.#engine?.free();
    this.#engine = undefined;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.free();
  }

  #alive() {
    return alive(this.#engine);
  }
}

/** What the number of `visit.bits` says; shared and frozen. */
Tactful.answer = answer;

/** What is known about one person. */
export class Person {
  #glue;
  #handle;
  #acts;
  #visit;
  #writer;
  #salt = 0;

  constructor(glue, handle, { id, slots, acts }) {
    this.#glue = glue;
    this.#handle = handle;
    this.#acts = acts;
    this.id = id;
    /** Features the host computes itself, by `tactful.slot(name)`; the smallest integer is unknown. */
    this.facts = new Int32Array(slots).fill(NOBODY);
    this.#writer = new Writer({ view: (length) => viewed(glue, length), key: (name) => this.#key(name) });
  }

  /** Unknown fields of live events: ignored, and counted. */
  get unknownFields() {
    return this.#writer.unknown;
  }

  /** Numbers of live events that should have been integers: floored, and counted. */
  get flooredNumbers() {
    return this.#writer.floored;
  }

  /** Learns durable events, in any order; known ones change nothing. */
  learn(events) {
    const list = Array.isArray(events) ? events : [events];
    this.#crossing(this.#salt, HISTORY_EVENTS, list, (handle, length) => handle.learn(length));
    this.#visit?.changed();
  }

  /** Takes what another copy of this person saved; never gives a touch back. */
  merge(saved) {
    demand(ArrayBuffer.isView(saved), '/saved', 'this should be what save() gave');
    guarded(() => alive(this.#handle).merge(saved));
    this.#visit?.changed();
  }

  /** What is known, as bytes for the host to keep. */
  save() {
    return guarded(() => alive(this.#handle).save());
  }

  /**
   * Begins a visit, or goes on with one that was saved; the one before ends. Without a salt, keys
   * cannot be joined between visits. With `record`, its page events are kept for `visit.record()`.
   */
  visit({ startedAt = Date.now(), salt, saved, record = false } = {}) {
    if (saved && record)
      throw new TactfulError({ code: 'CONFLICT', path: '/record', message: 'what happened before the page was loaded anew is not known any more', hint: 'record the visit from its beginning, or not' });
    const handle = alive(this.#handle);
    let own = salt;
    if (saved) [startedAt, own] = guarded(() => handle.resume(saved));
    else {
      instant(startedAt, '/startedAt');
      startedAt = Math.floor(startedAt);
      demand(Math.abs(startedAt) <= LATEST, '/startedAt', 'this is beyond all time', 'OUT_OF_RANGE');
      demand(salt === undefined || (Number.isInteger(salt) && salt >= -0x80000000 && salt <= 0xffffffff), '/salt', 'a salt is a whole number of 32 bits');
      own = salt === undefined ? guarded(() => this.#glue.salt()) : salt >>> 0;
      guarded(() => handle.begin(startedAt, own));
      if (record) guarded(() => handle.keep_events());
    }
    this.#visit?.end();
    this.#visit = new Visit(this, startedAt, own, Object.freeze({
      glue: this.#glue,
      acts: this.#acts,
      recorded: record,
      handle: () => alive(this.#handle),
      cross: (...args) => this.#crossing(own, ...args),
      read: (length, shape) => new Reader(viewed(this.#glue, length)).get(shape),
      push: () => this.#push(),
      ask: (now) => {
        this.#push();
        return alive(this.#handle).answer(now);
      },
      own: () => this.#shared()[this.facts.length] >>> 0,
    }));
    return this.#visit;
  }

  free() {
    this.#visit?.end();
    this.#handle?.free();
    this.#handle = undefined;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.free();
  }

  #crossing(salt, shape, value, call) {
    const handle = alive(this.#handle);
    if (salt !== this.#salt) {
      this.#salt = salt;
      this.#cache.clear();
    }
    const length = this.#writer.write(shape, value);
    guarded(() => call(handle, length));
  }

  /** Keys of the names met last: hashing one is a call. */
  #cache = new Map();
  #key(name) {
    let key = this.#cache.get(name);
    if (key === undefined) {
      key = this.#glue.key(name, this.#salt);
      if (this.#cache.size > 4096) this.#cache.clear();
      this.#cache.set(name, key);
    }
    return key;
  }

  #slots;
  /** Copies the pushed facts in. A view into wasm memory dies when the memory grows: made again then. */
  #push() {
    if (this.facts.length > 0) this.#shared().set(this.facts);
  }

  /** The pushed facts as the wasm holds them, and after them which own guards objected last. */
  #shared() {
    if (this.#slots === undefined || this.#slots.length === 0) {
      const at = alive(this.#handle).slots();
      this.#slots = new Int32Array(this.#glue.memory().buffer, at, this.facts.length + 1);
    }
    return this.#slots;
  }
}

/** One session of a person. */
export class Visit {
  #inner;
  #moment;

  constructor(person, startedAt, salt, inner) {
    this.person = person;
    this.startedAt = startedAt;
    this.salt = salt;
    this.#inner = inner;
  }

  /** Takes a page event. Events of the DOM observer do not come this way. */
  track(event) {
    this.#alive().cross(VISIT_EVENT, event, (handle, length) => handle.track(length));
    this.changed();
  }

  /** Tells the moment, when anything of it but the time has changed. */
  moment(moment) {
    this.#alive().cross(MOMENT, moment, (handle, length) => handle.moment(length));
    this.#moment = moment.now;
  }

  /** The hot call: the number of a route and its flags; `Tactful.answer(bits)` says what it means. */
  bits(now) {
    const inner = this.#alive();
    instant(now, '/now');
    const bits = inner.ask(now);
    if (bits === BUSY) throw new TactfulError({ code: 'CONFLICT', message: 'called from within a call' });
    return inner.acts ? bits : SILENCE;
  }

  /** The answer without reasons, for `now` or for the moment as last told. */
  answer(now = this.#moment) {
    return answer(guarded(() => this.bits(now)));
  }

  /** Which of the organisation's own guards objected in the last answer, a bit each. */
  ownBlockers() {
    const { acts, own } = this.#alive();
    return acts ? own() : SILENCE;
  }

  /** The full decision, with everything it stands on. Of a policy in shadow it is silence. */
  decide(moment) {
    if (moment) this.moment(moment);
    return this.#decided(this.#alive().acts);
  }

  #decided(acts) {
    const inner = this.#alive();
    instant(this.#moment, '/now');
    inner.push();
    const length = guarded(() => inner.handle().decide(this.#moment, acts));
    return inner.read(length, DECISION);
  }

  /**
   * The decision with everything it was made from, as a line of a log: what `tactful replay` and
   * `tactful diff` read. A policy in shadow records what it would have decided.
   */
  record(moment, { groups } = {}) {
    const inner = this.#alive();
    const handle = inner.handle();
    if (!inner.recorded)
      throw new TactfulError({ code: 'CONFLICT', message: 'this visit keeps no page events', hint: 'person.visit({ record: true })' });
    if (!handle.knows_all())
      throw new TactfulError({ code: 'TOO_LARGE', message: 'this history has forgotten its beginning, so no record of it can be decided again', hint: 'what is no longer known cannot be written down' });
    if (moment) this.moment(moment);
    const decision = this.#decided(true);
    const length = handle.visit_events();
    if (length === 0) throw new TactfulError({ code: 'TOO_LARGE', message: 'this visit has more page events than are kept' });
    const events = inner.read(length, ['list', VISIT_EVENT]);
    return JSON.stringify({
      record: 1,
      groups,
      salt: this.salt || undefined,
      person: this.person.id,
      history: inner.read(handle.events(), ['list', HISTORY_EVENT]),
      visit: { startedAt: this.startedAt, events },
      moment: inner.read(handle.told(), MOMENT),
      decision,
    });
  }

  /** The offer that stands, shown in this visit and neither taken up nor closed. */
  get offered() {
    const [route, purpose, ...touch] = guarded(() => this.#alive().handle().offered())?.split(' ') ?? [];
    return route && { route, purpose, touch: touch.join(' ') };
  }

  /** The last few signals, oldest first. */
  signals(now = this.#moment ?? this.startedAt) {
    const inner = this.#alive();
    const length = guarded(() => inner.handle().signals(now));
    return inner.read(length, ['list', SIGNAL]);
  }

  /** When the next verdict falls, in ms since the visit began; Infinity when none is open. */
  nextDue() {
    return this.#alive().handle().next_due();
  }

  /** Page events that could not be believed, by reason. */
  get quarantined() {
    const inner = this.#alive();
    return inner.read(inner.handle().quarantined(), QUARANTINED);
  }

  /** What is counted without being a signal. */
  get tallies() {
    const inner = this.#alive();
    return inner.read(inner.handle().tallies(), TALLIES);
  }

  /** The visit as bytes, to go on with it after a page load: `person.visit({ saved })`. */
  save() {
    return guarded(() => this.#alive().handle().save_visit());
  }

  /** Called when something was learned or tracked; the DOM observer listens here. */
  changed = () => {};

  /** Tells a wish that was said elsewhere; the DOM observer tells it by the clock of the page. */
  heard = (wish, now) => this.track({ type: 'wish', t: Math.max(0, now - this.startedAt), for: wish });

  /** Called when the visit ends; the DOM observer stops then. */
  ended = undefined;

  /** What the observer of the same edition needs. */
  [Symbol.for('tactful.inner')]() {
    return this.#alive();
  }

  /** Whether it has ended. */
  get over() {
    return this.#inner === undefined;
  }

  /** Ends the visit; what is known about the person stays. */
  end() {
    this.ended?.();
    this.#inner = undefined;
  }

  #alive() {
    return alive(this.#inner);
  }
}

export { TactfulError, VISIT_EVENT };
