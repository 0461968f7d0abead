// What the pages of a site know of one person: kept on the device, shared by tabs, and careful where it cannot be.
import { TactfulError, demand } from './error.js';
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
 * Opens what this device knows of a person, under a policy of the page edition. Without IndexedDB or Web Locks it is
 * a memory for this page, which permits less.
 *
 * @param {import('./runtime.js').Tactful} tactful
 * @param {string} id of the person
 */
export async function openStore(tactful, id, { name = 'site', memory = false, complete = false, gapMs = GAP, now = Date.now() } = {}) {
  const person = tactful.person(id);
  const scope = `tactful:${name}:${id}`;
  const log = memory || !navigator.locks ? undefined : await new EventLog(scope).open(now).catch(() => undefined);
  const store = new Store(person, scope, log, gapMs);
  // Where nobody tells it what was said elsewhere, nothing is known from before it began to listen.
  if (!complete) store.admit(LOCAL.flatMap((type) => tactful.sources(type)), now);
  await store.refresh();
  await store.settle();
  return store;
}

class Store {
  #scope;
  #log;
  #gap;
  #channel;
  #visit;
  #writing = Promise.resolve();
  /** Whether unasked offers are over for this page: one is all that may be made without looking at other tabs. */
  #spent = false;
  #failed;

  constructor(person, scope, log, gap) {
    /** What is known, the host's own events included; those given by `person.learn` are not kept. */
    this.person = person;
    this.#scope = scope;
    this.#log = log;
    this.#gap = gap;
    this.#channel = log && typeof BroadcastChannel === 'function' ? new BroadcastChannel(scope) : undefined;
    if (this.#channel) this.#channel.onmessage = ({ data }) => (data === FORGOTTEN ? this.#alone() : this.refresh());
    addEventListener('pagehide', this.#keepVisit);
    document.addEventListener('visibilitychange', this.#keepVisit);
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
  admit(sources, now) {
    const since = this.#log?.since ?? now;
    this.person.learn([...new Set(sources)].map((feed) => ({ type: 'feed', id: `since-${feed}`, at: since, source: SOURCE, feed, status: 'live', since })));
  }

  /** Goes on with the visit of this tab, or begins one. */
  visit({ startedAt = Date.now(), salt, record } = {}) {
    const left = record ? undefined : this.#left(startedAt);
    this.#visit = left ?? this.person.visit({ startedAt, salt, record });
    // Of a visit that is older than what is remembered, something was lost: it may have been offers.
    if (left && this.#log && left.startedAt < this.#log.since) this.#spent = true;
    if (!left && this.#quiet) this.#visit.track({ type: 'wish', t: 0, for: 'noHelp' });
    return this.#visit;
  }

  /** Learns events and keeps them on this device; resolves once they are kept, or cannot be. */
  learn(events) {
    const list = Array.isArray(events) ? events : [events];
    this.person.learn(list);
    this.#heard(list);
    this.#writing = this.#writing.then(() =>
      this.#safely(async () => {
        await this.#log?.append(list);
        this.#channel?.postMessage(CHANGED);
      }),
    );
    return this.#writing;
  }

  /** Reads what other tabs have added. */
  refresh() {
    return this.#safely(async () => {
      const events = (await this.#log?.read()) ?? [];
      if (events.length > 0) this.person.learn(events);
      this.#heard(events);
    });
  }

  /** Keeps the log short. */
  settle() {
    return this.#safely(() => this.#log?.trim());
  }

  /**
   * The right to offer something nobody asked for: one tab has it at a time. Resolves with how to give it back,
   * after everything others offered was read; with nothing while it cannot be had.
   */
  async floor() {
    if (this.#spent) return undefined;
    if (!this.#log) {
      this.#spent = true;
      return () => {};
    }
    return new Promise((resolve) => {
      navigator.locks
        .request(this.#scope, { ifAvailable: true }, async (lock) => {
          if (!lock) return resolve(undefined);
          await this.refresh();
          // It was lost while we waited; then the rule of a page by itself holds from now on.
          if (!this.#log) return resolve(undefined);
          // Held until given back, and until what was said meanwhile can be read by whoever comes next.
          await new Promise((giveBack) => resolve(giveBack));
          await this.#writing;
        })
        .catch(() => resolve(undefined));
    });
  }

  /** Forgets everything about this person on this device. */
  async forget() {
    removeEventListener('pagehide', this.#keepVisit);
    document.removeEventListener('visibilitychange', this.#keepVisit);
    try {
      sessionStorage.removeItem(this.#scope);
    } catch {
      // There is none.
    }
    await this.#writing;
    await this.#safely(() => this.#log?.forget());
    this.#channel?.postMessage(FORGOTTEN);
    this.close();
  }

  close() {
    removeEventListener('pagehide', this.#keepVisit);
    document.removeEventListener('visibilitychange', this.#keepVisit);
    this.#channel?.close();
    this.#channel = undefined;
    this.#log?.close();
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.close();
  }

  #quiet = false;
  /** Whoever said "never here" is not asked again on the next page. */
  #heard(events) {
    for (const { type, source, reason, state } of events)
      if (type === 'suppression' && source === SOURCE && reason === 'asked') this.#quiet = state === 'on';
  }

  /** What this tab has kept of a visit that is not over. */
  #left(now) {
    try {
      const { at, visit } = JSON.parse(sessionStorage.getItem(this.#scope) ?? '{}');
      if (!(now - at < this.#gap)) return undefined;
      return this.person.visit({ saved: Uint8Array.from(atob(visit), (letter) => letter.charCodeAt(0)) });
    } catch {
      // Nothing was kept, or by another version of the engine.
      return undefined;
    }
  }

  #keepVisit = () => {
    try {
      const visit = btoa(String.fromCharCode(...this.#visit.save()));
      sessionStorage.setItem(this.#scope, JSON.stringify({ at: Date.now(), visit }));
    } catch {
      // No session storage, or the visit has ended: the next page begins one.
    }
  };

  /** Trouble with storage never reaches the page; what cannot be shared is treated as alone. */
  async #safely(run) {
    try {
      await run();
    } catch (cause) {
      this.#failed ??= TactfulError.from({ code: 'UNREACHABLE', message: `this device keeps nothing: ${cause?.message ?? cause}` });
      this.#alone();
    }
  }

  /** From now on a page by itself, which cannot know what it may have offered already. */
  #alone() {
    this.#log?.close();
    this.#log = undefined;
    this.#spent = true;
  }
}

/** Refuses what is no store of the visit's person. */
export function demandStore(store, visit) {
  demand(store instanceof Store, '/store', 'this should be what openStore() gave');
  demand(store.person === visit.person, '/store', 'this store is of another person', 'CONFLICT');
}
