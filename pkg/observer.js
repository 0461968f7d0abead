// Observes a page for a visit, tells what to offer, and hears what became of it.
import * as glue from './wasm/page.js';
import { TactfulError, alive, demand, guarded } from './error.js';
import { VISIT_EVENT } from './layout.js';
import { Offering } from './offering.js';
import { demandStore } from './store.js';

/** How this document was come to: turning back is not coming by a link, and a reload is no new view. */
const CAME = { back_forward: 'back', reload: 'replace' };

// Arguments are checked here: what reached the wasm and threw there would leave it in the middle.
const text = (value, path) => demand(typeof value === 'string', path, 'this should be text');
const count = (value, path) => demand(Number.isInteger(value) && value >= 0, path, 'this should be a whole number from 0 up');

/** A page in view is looked at again this often: friction decays by itself. */
const HEARTBEAT = 1000;
/** Changes of a document are told at once, where they are told at all. */
const TEST = 500;
/** Not sooner, whatever the clock says; and not later than timers can wait. */
const [PAUSE, LONGEST] = [10, 2 ** 31 - 1];
/** Reading time is counted this often. */
const BEAT = 5000;

/**
 * Observes the page for a visit and dispatches `tactful:decision` on `root` when the answer changes.
 *
 * @param {import('./visit.js').Visit} visit of this edition
 * @param {{ root?: Document | Element, moment: () => object, store?: object, record?: boolean }} options
 */
export function observe(visit, { root = document, moment, store, record = false } = {}) {
  const inner = visit?.[Symbol.for('tactful.inner')]?.();
  if (!inner || !(inner.handle() instanceof glue.Person))
    throw new TactfulError({ code: 'WRONG_EDITION', message: 'this visit is not of the page edition', hint: "import load and observe from 'tactful/page'" });
  if (visit.ended)
    throw new TactfulError({ code: 'CONFLICT', message: 'this visit is observed already', hint: 'stop() the other observer first' });
  if (typeof moment !== 'function')
    throw new TactfulError({ code: 'MISSING', path: '/moment', message: 'a function that gives the moment is missing' });
  demand(typeof root?.addEventListener === 'function', '/root', 'this should be an element, or the document');
  if (store !== undefined) demandStore(store, visit);
  return new PageObserver(visit, inner, { root, moment, store, record });
}

class PageObserver {
  #visit;
  #inner;
  #root;
  #moment;
  #observer;
  #answer;
  #offering;
  #made;
  #soon;
  #timer;
  #beat;
  #now;
  #test;

  constructor(visit, inner, { root, moment, store, record }) {
    this.#visit = visit;
    this.#inner = inner;
    this.#root = root;
    // What the browser says for the person cannot be unsaid by a page.
    const refused = navigator.globalPrivacyControl === true ? { privacySignal: true } : undefined;
    this.#moment = () => ({ ...moment(), ...refused });
    this.#offering = new Offering({
      root, visit, store,
      again: () => this.#again(),
      dismissed: (touch) => this.#observer?.dismiss(touch),
      wished: (wish) => this.#observer && this.wish(wish),
      quietly: (run) => this.#quietly(run),
    });
    // A visit that begins later than the host's clock says begins now: before it nothing happens.
    const origin = performance.now() - Math.max(0, this.#begun() - visit.startedAt);
    visit.changed = () => this.#schedule();
    visit.ended = () => this.stop();
    visit.heard = (wish) => this.wish(wish);
    if (record) inner.handle().keep_events();
    this.#observer = guarded(() => new glue.Observer(inner.handle(), origin, CAME[performance.getEntriesByType('navigation')[0]?.type] ?? 'load', () => this.#schedule()));
    // A page on which changes are not told would have every click dead: none is judged then.
    this.#test = setTimeout(() => this.#quietly(() => this.#tested()), TEST);
    this.#beat = setInterval(() => this.#quietly(() => this.#observer?.beat()), BEAT);
    this.#schedule();
  }

  /** The page or view has changed: reads the `data-tactful-*` attributes again. */
  page({ nav = 'push', earlierSessions } = {}) {
    text(nav, '/nav');
    if (earlierSessions !== undefined) count(earlierSessions, '/earlierSessions');
    const known = guarded(() => alive(this.#observer).page(nav === 'link' ? 'push' : nav, earlierSessions && Math.min(earlierSessions, 255)));
    demand(known, '/nav', `${JSON.stringify(nav)} is no way to come to a page`, 'UNKNOWN_WORD');
  }

  /** The page asked a server for something: a click that waits for it is slow at worst, not dead. */
  pending() {
    guarded(() => alive(this.#observer).request(true));
  }

  /** The server has answered. */
  settled() {
    guarded(() => alive(this.#observer).request(false));
  }

  /** Something failed that only the page knows of. `where` tells failures apart and goes nowhere. */
  failed(where, { http = false } = {}) {
    text(where, '/where');
    guarded(() => alive(this.#observer).failed(where, Boolean(http)));
  }

  /** A search and how many results it had; the query goes nowhere. */
  search(query, results) {
    text(query, '/query');
    count(results, '/results');
    guarded(() => alive(this.#observer).search(query, Math.min(results, 65535)));
  }

  /** A search result was opened; ranks begin with 1. */
  resultOpen(rank, page) {
    count(rank, '/rank');
    text(page, '/page');
    guarded(() => alive(this.#observer).result_open(Math.min(rank, 255), page));
  }

  /** "Did this help?" was answered. */
  vote(page, helpful) {
    text(page, '/page');
    guarded(() => alive(this.#observer).vote(page, Boolean(helpful)));
  }

  /** A form got through (`ok`) or did not (`failed`): only the page knows. */
  form(form, what) {
    demand(form instanceof Element, '/form', 'this should be the form');
    demand(what === 'ok' || what === 'failed', '/what', `${JSON.stringify(what)} is neither ok nor failed`, 'UNKNOWN_WORD');
    guarded(() => alive(this.#observer).form(form, what === 'ok'));
  }

  /** The person said what they want. */
  wish(wish) {
    text(wish, '/wish');
    this.#offering.forget();
    if (!guarded(() => alive(this.#observer).wish(wish)))
      throw new TactfulError({ code: 'UNKNOWN_WORD', path: '/wish', message: `${JSON.stringify(wish)} is no wish` });
  }

  /** The page recognised a phrase of the policy; only its kind is told. */
  cue(kind) {
    text(kind, '/cue');
    if (!guarded(() => alive(this.#observer).cue(kind)))
      throw new TactfulError({ code: 'UNKNOWN_WORD', path: '/cue', message: `${JSON.stringify(kind)} is no cue` });
  }

  /** An offer was closed. */
  dismiss(touch) {
    text(touch, '/touch');
    guarded(() => alive(this.#observer).dismiss(touch));
  }

  /** The offer that was decided last: its touch, where it leads, and what has become of it. */
  get offer() {
    return this.#offering.offer;
  }

  /** What became of that offer: shown, accepted, dismissed. Only what was shown counts. */
  offerWas(step) {
    alive(this.#observer);
    this.#offering.was(step);
  }

  /** "Never here": nothing is offered in this visit, and nobody is contacted, until taken back. */
  leaveAlone(on = true) {
    alive(this.#observer);
    this.#offering.leaveAlone(Boolean(on));
  }

  /** The recorded events, for a story. */
  events() {
    alive(this.#observer);
    const length = guarded(() => this.#inner.handle().visit_events());
    return length ? this.#inner.read(length, ['list', VISIT_EVENT]) : [];
  }

  /** How well the page can be observed, and what was seen without being a signal. */
  get diagnostics() {
    const watching = guarded(() => alive(this.#observer).watches());
    return { deadClicks: watching ? 'on' : 'off', quarantined: this.#visit.quarantined, tallies: this.#visit.tallies };
  }

  /** The answer as last dispatched. */
  get answer() {
    return this.#answer;
  }

  /** Stops; nothing of ours is left in the page. */
  stop() {
    clearInterval(this.#beat);
    clearTimeout(this.#test);
    clearTimeout(this.#timer);
    clearTimeout(this.#soon);
    this.#visit.changed = () => {};
    this.#visit.ended = undefined;
    this.#offering.stop();
    this.#observer?.stop();
    this.#observer?.free();
    this.#observer = undefined;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.stop();
  }

  /** Decides in a task of its own, after the page's own listeners, once for all that happened. */
  #schedule() {
    if (this.#soon !== undefined) return;
    this.#soon = setTimeout(() => {
      this.#soon = undefined;
      this.#quietly(() => this.#look());
    });
  }

  /** What the visit's clock says as it starts: the host's, because moments are told by it, and it may be seconds ahead. */
  #begun() {
    try {
      const { now } = this.#moment();
      if (Number.isSafeInteger(now)) return now;
    } catch {
      // Said when it is looked at: perhaps the host is not ready yet.
    }
    return Date.now();
  }

  /** Something outside the visit has changed. */
  #again() {
    this.#made = undefined;
    this.#schedule();
  }

  #tested() {
    if (this.#observer?.watches()) return;
    throw new TactfulError({ code: 'UNWATCHED', message: 'changes of this document are not told: dead clicks are off', hint: 'is MutationObserver replaced on this page?' });
  }

  #look() {
    if (!this.#observer) return;
    let looked = false;
    try {
      const lasts = this.#observer.settle();
      const moment = this.#moment();
      this.#visit.moment(moment);
      this.#now = moment.now;
      this.#answer = this.#visit.answer(moment.now);
      // A live answer stands while nothing it was made from has changed; a date moves with the time.
      const made = `${this.#answer.bits} ${this.#inner.handle().worked()}`;
      looked = true;
      if (lasts) this.#trouble = undefined;
      if (!this.#answer.live || made !== this.#made) this.#made = this.#offering.follow(this.#answer, moment) ? made : undefined;
      if (!lasts)
        throw new TactfulError({ code: 'OUT_OF_RANGE', message: 'this visit has lasted longer than a visit may: nothing more is heard in it', hint: 'begin another, and observe that' });
    } finally {
      this.#wait(looked ? PAUSE : HEARTBEAT);
    }
  }

  /** One timer: for the next verdict, but not before `least`, or to look again while the page is in view. */
  #wait(least) {
    clearTimeout(this.#timer);
    if (!this.#observer) return;
    // By the clock the moment was told in: another one may be seconds ahead.
    const due = this.#visit.startedAt + this.#visit.nextDue() - (this.#now ?? Date.now());
    const soon = document.hidden ? due : Math.min(due, HEARTBEAT);
    if (soon < Infinity) this.#timer = setTimeout(() => this.#schedule(), Math.min(Math.max(least, soon), LONGEST));
  }

  #trouble;
  /**
   * Trouble of ours is never the page's: it stays silent, and says so to who listens, once for each kind. Who does not
   * listen finds it on the console.
   */
  #quietly(run) {
    try {
      run();
    } catch (thrown) {
      const detail = TactfulError.from(thrown);
      if (String(detail) === this.#trouble) return;
      this.#trouble = String(detail);
      const unheard = this.#root.dispatchEvent(new CustomEvent('tactful:error', { detail, bubbles: true, composed: true, cancelable: true }));
      if (unheard) console.error(detail);
    }
  }
}
