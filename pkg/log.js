// What a page has to remember: history events in IndexedDB, one after the other, shared by all tabs.
const [EVENTS, ABOUT] = ['events', 'about'];
/** A database that does not open by then is none: another tab may hold it for ever. */
const PATIENCE = 2000;
/** More than this is cut back to that: the engine itself keeps no more than some hundreds. */
const [MOST, KEPT] = [600, 400];
/** What holds until it is taken back is not forgotten because much has happened since. */
const LASTING = ['suppression', 'consent'];

const done = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
const committed = (transaction) =>
  new Promise((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });

/** The events one person's pages keep, and since when they have been kept. */
export class EventLog {
  #name;
  #database;
  /** The last of the events that were read. */
  #last = 0;
  /** Everything this tab knows to be in it, should it get lost. */
  #known = new Map();
  since;

  constructor(name) {
    this.#name = name;
  }

  /** Opens the log; it begins now if there is none. */
  async open(now) {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(EVENTS, { autoIncrement: true });
      request.result.createObjectStore(ABOUT).add(this.since ?? now, 'since');
      // A log that was lost while this tab lived is written again by what the tab still knows.
      for (const event of this.#known.values()) request.transaction.objectStore(EVENTS).add(event);
      this.#last = 0;
    };
    const late = new Promise((_, reject) => setTimeout(() => reject(new Error('the database does not open')), PATIENCE));
    this.#database = await Promise.race([done(request), late]);
    this.#database.onclose = () => this.#gone();
    // Somebody deletes it, or a later version of this page needs another one.
    this.#database.onversionchange = () => this.#gone();
    this.since = await done(this.#database.transaction(ABOUT).objectStore(ABOUT).get('since'));
    return this;
  }

  /** The events that came since the last time. */
  async read() {
    const store = (await this.#opened()).transaction(EVENTS).objectStore(EVENTS);
    const later = IDBKeyRange.lowerBound(this.#last, true);
    const [keys, events] = await Promise.all([done(store.getAllKeys(later)), done(store.getAll(later))]);
    this.#last = keys.at(-1) ?? this.#last;
    this.#keep(events);
    return events;
  }

  /** Adds events, all or none. */
  async append(events) {
    const transaction = (await this.#opened()).transaction(EVENTS, 'readwrite');
    for (const event of events) transaction.objectStore(EVENTS).add(event);
    await committed(transaction);
    this.#keep(events);
  }

  /** Forgets the oldest once it is too long; from then on it says that it knows less far back. */
  async trim() {
    if (this.#known.size <= MOST) return;
    const transaction = (await this.#opened()).transaction([EVENTS, ABOUT], 'readwrite');
    const store = transaction.objectStore(EVENTS);
    const [keys, events] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    events.slice(0, Math.max(0, events.length - KEPT)).forEach((event, i) => {
      if (LASTING.includes(event.type)) return;
      store.delete(keys[i]);
      this.since = Math.max(this.since, event.at + 1);
    });
    transaction.objectStore(ABOUT).put(this.since, 'since');
    await committed(transaction);
  }

  /** Deletes it, for everybody. */
  async forget() {
    this.#known.clear();
    this.close();
    await done(indexedDB.deleteDatabase(this.#name));
  }

  close() {
    this.#gone();
  }

  #keep(events) {
    for (const event of events) this.#known.set(`${event.source} ${event.id}`, event);
  }

  #gone() {
    this.#database?.close();
    this.#database = undefined;
  }

  async #opened() {
    if (!this.#database) await this.open(this.since);
    return this.#database;
  }
}
