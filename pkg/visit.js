// One session of a person, and what its answers say.
import { TactfulError, alive, below, demand, demandObject, guarded, instant } from './error.js';
import { DECISION, HISTORY_EVENT, MOMENT, QUARANTINED, SIGNAL, TALLIES, VISIT_EVENT } from './layout.js';

const ROUTES = DECISION[1].find(([name]) => name === 'route')[1].slice(1);
const PURPOSES = DECISION[1].find(([name]) => name === 'verdicts')[1][1].map(([name]) => name);
const [ALLOWED, LIVE, PURPOSE] = [8, 16, 20];
/** What the hot call gives from within a call; no answer has all bits. */
const BUSY = 0xffffffff;
/** No route, nothing allowed. */
const SILENCE = 0;

/** What the number of a hot call says. Shared and frozen: equal answers are the same object. */
const answers = new Map();
export function answer(bits) {
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
  record(moment, options = {}) {
    demandObject(options, '');
    const { groups = {} } = options;
    demandObject(groups, '/groups', 'groups are named: { region: "north" }');
    for (const [name, group] of Object.entries(groups)) demand(typeof group === 'string', below('/groups', name), 'a group is a word');
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
      groups: Object.keys(groups).length > 0 ? groups : undefined,
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
