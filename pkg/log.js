// What a page has to remember: history events in IndexedDB, one after the other, shared by all tabs.
const [EVENTS, ABOUT] = ['events', 'about'];
/** A database that does not open by then is none: another tab may hold it for ever. */
const PATIENCE = 2000;
/** What passes is not kept for longer; no window of a guard reaches back so far. What holds until it is taken back stays. */
const KEPT = 400 * 86_400_000;
const PASSING = ['touch', 'survey', 'ask', 'contact', 'outcome'];

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
/** An event is itself in every version: which of them holds is the engine's to say. Its fields stand in one order. */
const nameOf = (event) => JSON.stringify(event);

/** The events one person's pages keep, and since when they have been kept. */
export class EventLog {
  #name;
  #database;
  #opening;
  #closed = false;
  #deleted;
  /** Which of the databases of this name it is; another one counts its events anew. */
  #made;
  /** The last of the events that were read. */
  #last = 0;
  /** Everything this tab knows to be in it, should it get lost. */
  #known = new Map();
  since;

  /** `deleted` is called when somebody deletes it; what is lost otherwise is written again. */
  constructor(name, deleted) {
    this.#name = name;
    this.#deleted = deleted;
  }

  /** Opens the log; it begins at `since` if there is none. */
  open(since) {
    this.#opening ??= this.#open(since).finally(() => { this.#opening = undefined; });
    return this.#opening;
  }

  async #open(since) {
    const request = indexedDB.open(this.#name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore(EVENTS, { autoIncrement: true });
      const about = request.result.createObjectStore(ABOUT);
      about.add(since, 'since');
      about.add([...crypto.getRandomValues(new Uint32Array(2))].join(), 'made');
    };
    let late = false;
    const timer = new Promise((_, reject) => setTimeout(() => {
      late = true;
      reject(new Error('the database does not open'));
    }, PATIENCE));
    const opening = done(request);
    // Nobody waits for it any more: it must not keep others from anything.
    opening.then((database) => late && database.close(), () => {});
    const database = await Promise.race([opening, timer]);
    const gone = () => {
      database.close();
      if (this.#database === database) this.#database = undefined;
    };
    // The browser took it away, or a later version of this page needs another one.
    database.onclose = gone;
    database.onversionchange = ({ newVersion }) => {
      gone();
      if (newVersion === null) this.#deleted();
    };
    const about = database.transaction(ABOUT).objectStore(ABOUT);
    const [began, made] = await Promise.all([done(about.get('since')), done(about.get('made'))]);
    if (this.#closed) {
      database.close();
      throw new Error('the log was closed');
    }
    this.#database = database;
    this.since = began;
    if (this.#made !== undefined && made !== this.#made) await this.#restore();
    this.#made = made;
    return this;
  }

  /** The events that came since the last time. */
  async read() {
    const store = (await this.#opened()).transaction(EVENTS).objectStore(EVENTS);
    const later = IDBKeyRange.lowerBound(this.#last, true);
    const [keys, events] = await Promise.all([done(store.getAllKeys(later)), done(store.getAll(later))]);
    this.#last = keys.at(-1) ?? this.#last;
    for (const event of events) this.#known.set(nameOf(event), event);
    return events;
  }

  /** Adds what is not in it, all or none. */
  async append(events) {
    const fresh = events.filter((event) => !this.#known.has(nameOf(event)));
    if (fresh.length === 0) return;
    await this.#add(await this.#opened(), fresh);
    for (const event of fresh) this.#known.set(nameOf(event), event);
  }

  /** Forgets what has passed long ago; from then on it says that it knows less far back. */
  async trim(now) {
    const old = now - KEPT;
    const isOver = ({ type, at }) => PASSING.includes(type) && at < old;
    if (![...this.#known.values()].some(isOver)) return;
    const transaction = (await this.#opened()).transaction([EVENTS, ABOUT], 'readwrite');
    const store = transaction.objectStore(EVENTS);
    const [keys, events] = await Promise.all([done(store.getAllKeys()), done(store.getAll())]);
    events.forEach((event, i) => {
      if (!isOver(event)) return;
      store.delete(keys[i]);
      this.since = Math.max(this.since, old);
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
    this.#closed = true;
    this.#database?.close();
    this.#database = undefined;
  }

  /** A log that was lost while this tab lived gets back what the tab still knows. */
  async #restore() {
    this.#last = 0;
    await this.#add(this.#database, [...this.#known.values()]);
  }

  async #add(database, events) {
    const transaction = database.transaction(EVENTS, 'readwrite');
    for (const event of events) transaction.objectStore(EVENTS).add(event);
    await committed(transaction);
  }

  async #opened() {
    if (!this.#database) await this.open(this.since);
    return this.#database;
  }
}
