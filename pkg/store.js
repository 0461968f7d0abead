// What the pages of a site know of one person: kept on the device, shared by tabs, and careful where it cannot be.
import { base64, unbase64 } from './base64.js';
import { known } from './codec.js';
import { TactfulError, demand } from './error.js';
import { HISTORY_EVENT } from './layout.js';
import { EventLog } from './log.js';

/** Who says so, in the events of a page. */
export const SOURCE = 'page';
/** What tabs tell each other; what has changed they read for themselves. */
const [CHANGED, FORGOTTEN] = ['changed', 'forgotten'];
/** A visit that was left for longer is over. */
const GAP = 30 * 60_000;
/** What the page itself says of these is all that it knows. */
const LOCAL = ['touch', 'survey'];

/**
 * Opens what this device knows of a person, under a policy of the page edition. Without IndexedDB it is a memory for
 * this page, which permits less.
 *
 * @param {import('./runtime.js').Tactful} tactful
 * @param {string} id of the person
 */
export async function openStore(tactful, id, { name = 'site', memory = false, complete = false, gapMs = GAP, now = Date.now() } = {}) {
  demand(typeof tactful?.person === 'function', '/tactful', 'this should be what load() gave');
  const person = tactful.person(id);
  const scope = `tactful:${[name, id].map(encodeURIComponent).join(':')}`;
  const store = new Store(person, { scope, gap: gapMs, writes: !memory, now });
  if (!memory) await store.share();
  await store.refresh();
  await store.trim(now);
  // Where nobody tells it what was said elsewhere, nothing is known from before it began to listen.
  if (!complete) store.admit(LOCAL.flatMap((type) => tactful.sources(type)));
  return store;
}

class Store {
  #scope;
  #log;
  #gap;
  #channel;
  #visit;
  #writing = Promise.resolve();
  /** Something that counts may be missing: unasked offers are over. */
  #lost = false;
  /** A page by itself has made its one offer. */
  #spent = false;
  /** How to take back the floors that are held. */
  #floors = new Set();
  #failed;
  #closed = false;
  /** Whether anything may be written to this device. */
  #writes;
  /** Since when a memory knows. */
  #now;
  /** What was learned and is not kept, should somebody agree to it later. */
  #unkept = [];
  /** Whether the person wants to be left alone here. */
  #quiet = false;
  #lastShown = -Infinity;
  #over = new AbortController();

  constructor(person, { scope, gap, writes, now }) {
    /** What is known, the host's own events included; those given by `person.learn` are not kept. */
    this.person = person;
    this.#scope = scope;
    this.#gap = gap;
    this.#writes = writes;
    this.#now = now;
    if (typeof BroadcastChannel === 'function') {
      this.#channel = new BroadcastChannel(scope);
      this.#channel.onmessage = ({ data }) => (data === FORGOTTEN ? this.#forgotten() : this.refresh());
    }
    const until = { signal: this.#over.signal };
    addEventListener('pagehide', () => this.#keepVisit(), until);
    document.addEventListener('visibilitychange', () => this.#keepVisit(), until);
    // A page that was put aside has heard nothing meanwhile.
    addEventListener('pageshow', ({ persisted }) => persisted && this.refresh(), until);
  }

  /** Shares what is known with other tabs, where the browser has both a place and a way to take turns. */
  async share() {
    if (!navigator.locks) return;
    const log = new EventLog(this.#scope, () => this.#forgotten());
    try {
      await log.open(this.#now);
    } catch (cause) {
      this.#fail(cause);
      return;
    }
    // Forgotten, or closed, while it was opening.
    if (!this.#writes) await log.forget();
    else if (this.#closed) log.close();
    else this.#log = log;
  }

  /** Whether tabs share it and a reload keeps it; a memory knows this page only and permits less. */
  get kind() {
    return this.#log ? 'shared' : 'memory';
  }

  /** Why it is a memory, if something failed. */
  get failure() {
    return this.#failed;
  }

  /** Since when this device knows what was said to the person here. */
  admit(sources) {
    const since = this.#log?.since ?? this.#now;
    this.person.learn([...new Set(sources)].map((feed) => ({ type: 'feed', id: `since-${feed}`, at: since, source: SOURCE, feed, status: 'live', since })));
  }

  /** Goes on with the visit of this tab, or begins one. */
  visit({ startedAt = Date.now(), salt, record } = {}) {
    const left = record ? undefined : this.#left(startedAt);
    this.#visit = left?.visit ?? this.person.visit({ startedAt, salt, record });
    if (this.#isLost(left, startedAt)) this.#lost = true;
    if (this.#quiet && !left?.quiet) this.#leaveAlone(startedAt);
    return this.#visit;
  }

  /**
   * Whether something that counts may be missing: of a visit that goes on without its log, that is older than it, or
   * that cannot be told from a new one.
   */
  #isLost(left, now) {
    if (left) return !this.#log || left.visit.startedAt < this.#log.since;
    return now - this.#lastShown < this.#gap && !this.#keepsVisits();
  }

  /** Learns events and keeps them on this device; resolves once they are kept, or cannot be. */
  learn(events) {
    if (this.#closed) throw new TactfulError({ code: 'DISPOSED', message: 'this store was closed' });
    const list = Array.isArray(events) ? events : [events];
    this.person.learn(list);
    const kept = list.map((event) => known(HISTORY_EVENT, event));
    this.#heard(kept);
    return this.#write(kept);
  }

  /** Keeps from now on what was a memory (`memory: true`), with what it has learned so far: somebody has agreed. */
  async keep() {
    if (this.#log || this.#writes || this.#closed) return;
    this.#writes = true;
    await this.share();
    if (!this.#log) return;
    // From here on others know of it.
    this.#spent = false;
    await this.#write(this.#unkept.splice(0));
    await this.refresh();
  }

  #write(events) {
    if (!this.#log) {
      if (!this.#writes) this.#unkept.push(...events);
      return this.#writing;
    }
    this.#writing = this.#writing.then(() =>
      this.#safely(async () => {
        await this.#log?.append(events);
        this.#channel?.postMessage(CHANGED);
      }),
    );
    return this.#writing;
  }

  /** Reads what other tabs have added. */
  refresh() {
    return this.#safely(async () => {
      const events = (await this.#log?.read()) ?? [];
      try {
        this.person.learn(events);
      } catch {
        // Another version of this page has kept what this one does not know: the rest counts, and nobody is disturbed.
        this.#lost = true;
        for (const event of events) this.#learnIfKnown(event);
      }
      this.#heard(events);
    });
  }

  #learnIfKnown(event) {
    try {
      this.person.learn([event]);
    } catch {
      // Left where it is, for the version that knows it.
    }
  }

  /** Forgets what has passed long ago. */
  trim(now) {
    return this.#safely(() => this.#log?.trim(now));
  }

  /**
   * The right to offer something nobody asked for: one tab has it at a time. Resolves with how to give it back,
   * after everything others offered was read; with nothing while it cannot be had. Without a way to take turns
   * nobody has it.
   */
  async floor(takenBack = () => {}) {
    if (this.#mayNot() || !navigator.locks) return undefined;
    return new Promise((resolve) => {
      navigator.locks
        .request(this.#scope, { ifAvailable: true }, async (lock) => {
          if (!lock) return resolve(undefined);
          await this.refresh();
          if (this.#mayNot()) return resolve(undefined);
          // What nobody else can know of happens once.
          if (!this.#log) this.#spent = true;
          let giveBack;
          const given = new Promise((back) => { giveBack = back; });
          const floor = () => {
            takenBack();
            giveBack();
          };
          this.#floors.add(floor);
          resolve(giveBack);
          await given;
          this.#floors.delete(floor);
          // Until what was said meanwhile can be read by whoever comes next.
          await this.#writing;
        })
        .catch(() => resolve(undefined));
    });
  }

  #mayNot() {
    return this.#lost || this.#spent || this.#closed;
  }

  /** Forgets everything about this person on this device, in every tab; what is learned later is not kept. */
  async forget() {
    const log = this.#log;
    this.#writes = false;
    await this.#writing;
    this.#channel?.postMessage(FORGOTTEN);
    this.#forgotten();
    await this.#safely(() => log?.forget());
  }

  #forgotten() {
    this.#alone();
    this.#writes = false;
    this.#unkept.length = 0;
    this.#dropVisit();
  }

  /** The person goes on as a memory; nothing is offered unasked, and nothing is learned any more. */
  close() {
    this.#closed = true;
    this.#over.abort();
    this.#alone();
    this.#channel?.close();
    this.#channel = undefined;
    for (const floor of this.#floors) floor();
  }

  /** Whether it was closed. */
  get closed() {
    return this.#closed;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.close();
  }

  /** Whoever said "never here" is not asked again, on no page and in no tab. */
  #heard(events) {
    const before = this.#quiet;
    for (const { type, source, reason, state, step, at } of events) {
      if (type === 'suppression' && source === SOURCE && reason === 'asked') this.#quiet = state === 'on';
      if (type === 'touch' && step === 'shown') this.#lastShown = Math.max(this.#lastShown, at);
    }
    if (this.#quiet && !before) this.#leaveAlone(Date.now());
  }

  #leaveAlone(now) {
    try {
      this.#visit?.heard('noHelp', now);
    } catch {
      // That visit has ended.
    }
  }

  /** What this tab has kept of a visit that is not over. */
  #left(now) {
    if (!this.#writes) return undefined;
    try {
      const { at, visit, quiet } = JSON.parse(sessionStorage.getItem(this.#scope) ?? '{}');
      return now - at < this.#gap ? { visit: this.person.visit({ saved: unbase64(visit) }), quiet } : undefined;
    } catch {
      // Nothing was kept, or by another version of the engine.
      return undefined;
    }
  }

  #keepVisit() {
    if (!this.#writes || !this.#visit) return;
    try {
      sessionStorage.setItem(this.#scope, JSON.stringify({ at: Date.now(), visit: base64(this.#visit.save()), quiet: this.#quiet }));
    } catch {
      this.#dropVisit();
    }
  }

  #dropVisit() {
    try {
      sessionStorage.removeItem(this.#scope);
    } catch {
      // There is none.
    }
  }

  #keepsVisits() {
    if (!this.#writes) return true;
    try {
      sessionStorage.setItem(`${this.#scope}:?`, '');
      sessionStorage.removeItem(`${this.#scope}:?`);
      return true;
    } catch {
      return false;
    }
  }

  /** Trouble with storage never reaches the page; what cannot be shared is treated as alone. */
  async #safely(run) {
    try {
      await run();
    } catch (cause) {
      this.#fail(cause);
      this.#alone();
    }
  }

  #fail(cause) {
    this.#failed ??= TactfulError.from({ code: 'UNREACHABLE', message: `this device keeps nothing: ${cause?.message ?? cause}` });
  }

  /** From now on a page by itself, which cannot know what it may have offered already. */
  #alone() {
    this.#log?.close();
    this.#log = undefined;
    this.#lost = true;
  }
}

/** Refuses what is no store of the visit's person. */
export function demandStore(store, visit) {
  demand(store instanceof Store, '/store', 'this should be what openStore() gave');
  demand(store.person === visit.person, '/store', 'this store is of another person', 'CONFLICT');
}
