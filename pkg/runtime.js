// The same classes over every edition of the wasm. Nothing about a person lives in module scope: an
// edge isolate serves many people.
import { Batch } from './batch.js';
import { LATEST, NOBODY, Reader, Writer } from './codec.js';
import { TactfulError, alive, demand, demandObject, guarded, instant } from './error.js';
import { HISTORY_EVENT } from './layout.js';
import { Visit, answer } from './visit.js';

const HISTORY_EVENTS = ['list', HISTORY_EVENT];

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
  visit(options = {}) {
    demandObject(options, '');
    const { salt, saved, record = false } = options;
    let { startedAt = Date.now() } = options;
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

export { TactfulError };
