// One object a person: everything known of them, in SQLite, and one decision after the other. That no two of them
// overlap is what makes caps exact, however many pages ask at once.
import { DurableObject } from 'cloudflare:workers';
import { engine, lookedAt, offerOf } from './engine.js';

/** Who says so, in the events of this ledger. */
const SOURCE = 'edge';
/** A visit that was left for longer is over. */
const GAP = 30 * 60_000;
const DAY = 86_400_000;
/** Of somebody who does not come back nothing is kept for longer. */
const KEPT = 400 * DAY;

/** A line for the log, as long as everything the decision was made from is still known. */
function recordOf(visit) {
  try {
    return visit.record();
  } catch {
    // After the object slept, or once there is too much: what is not known any more cannot be written down.
    return undefined;
  }
}

export class Ledger extends DurableObject {
  #sql;
  #tactful;
  #person;
  #visit;
  #lastAt = -Infinity;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#prepare();
    // Nothing is asked of it before it remembers.
    context.blockConcurrencyWhile(async () => {
      this.#tactful = await engine();
    });
  }

  #prepare() {
    this.#sql.exec(`
      CREATE TABLE IF NOT EXISTS versions (source TEXT, id TEXT, body TEXT NOT NULL, PRIMARY KEY (source, id, body));
      CREATE TABLE IF NOT EXISTS visit (one INTEGER PRIMARY KEY CHECK (one = 1), last_at INTEGER, body BLOB);
    `);
  }

  /** Learns what other systems tell. */
  learn(person, events) {
    this.#known(person);
    this.#keep(events);
    this.#keepUntil(Date.now() + KEPT);
  }

  /**
   * Decides about a page, and counts what will be shown. There is no `await` in it: nobody else decides meanwhile,
   * and the answer leaves only when the touch is written.
   */
  decide(person, { seen, moment, recorded }) {
    const visit = this.#current(this.#known(person), moment.now);
    // Two pages asked for at once may arrive in another order.
    for (const event of lookedAt(seen, Math.max(0, moment.now - visit.startedAt))) visit.track(event);
    visit.moment(moment);
    const answer = visit.answer(moment.now);
    const decision = visit.decide();
    const record = recorded ? recordOf(visit) : undefined;
    const offer = this.#offered(visit, decision, answer.purpose, moment);
    this.#keepVisit(visit, moment.now);
    return { offer, record };
  }

  /** What will be shown, if anything; from now on it counts. */
  #offered(visit, decision, found, { now, matter, proposal }) {
    const { route } = decision;
    // An invitation leads nowhere; everything else has a route.
    const invites = route === 'none' && proposal !== undefined && decision.verdicts[proposal.purpose].allowed;
    if (route === 'none' && !invites) return undefined;
    const purpose = invites ? proposal.purpose : found;
    // What stands goes on on the next page, wherever it leads by now, and is no second touch.
    const standing = visit.offered;
    const goesOn = standing?.purpose === purpose;
    const touch = goesOn ? standing.touch : decision.id;
    const common = { at: now, source: SOURCE, ...(matter && { matter }) };
    if (!goesOn || standing.route !== route)
      this.#keep([{ type: 'touch', id: `${touch} shown${goesOn ? ` ${route}` : ''}`, ...common, touch, step: 'shown', purpose, channel: 'web', route }]);
    if (invites && proposal.survey)
      this.#keep([{ type: 'survey', id: `${touch} invited`, ...common, survey: touch, kind: proposal.survey.kind, step: 'invited', sampled: true }]);
    // What was there before may have been seen, also by whoever asked before this object slept.
    const delivery = goesOn ? (this.#deliveries.get(touch) ?? 1) + 1 : 1;
    this.#deliveries.set(touch, delivery);
    return offerOf(decision, { purpose }, { touch, delivery });
  }

  /** How often each offer was answered with, since this object woke. */
  #deliveries = new Map();

  /** An answer came too late to be shown. If it was the only one, the offer does not count. */
  unseen(person, { touch, delivery, now }) {
    if (delivery === 1 && this.#deliveries.get(touch) === 1) this.told(person, { touch, step: 'cancelled', now });
  }

  /** What the visitor said of an offer. */
  told(person, { touch, step, never, now }) {
    this.#known(person);
    const [shown] = this.#sql.exec('SELECT body FROM versions WHERE source = ? AND id = ? ORDER BY rowid', SOURCE, `${touch} shown`);
    if (!shown) return;
    const { id: _id, at: _at, step: _step, ...rest } = JSON.parse(shown.body);
    this.#keep([
      { ...rest, id: `${touch} ${step}`, at: now, step },
      ...(never ? [{ type: 'suppression', id: `${touch} never`, at: now, source: SOURCE, scope: 'person', reason: 'asked', state: 'on', owner: SOURCE }] : []),
    ]);
    const visit = this.#current(this.#person, now);
    if (never) this.#leaveAlone(visit, now);
    this.#keepVisit(visit, now);
  }

  #keepVisit(visit, now) {
    this.#sql.exec('INSERT OR REPLACE INTO visit VALUES (1, ?, ?)', now, visit.save());
    this.#lastAt = now;
    this.#keepUntil(now + KEPT);
  }

  /** Nobody has come back: what is known of them is no longer needed. */
  async alarm() {
    await this.ctx.storage.deleteAll();
    this.#person?.free();
    this.#person = undefined;
    this.#visit = undefined;
    this.#prepare();
  }

  #until = 0;
  /** Puts the end off, once a day at most. */
  #keepUntil(until) {
    if (until - this.#until < DAY) return;
    this.#until = until;
    this.ctx.storage.setAlarm(until);
  }

  /** The person as remembered. */
  #known(id) {
    if (!this.#person) {
      const person = this.#tactful.person(id);
      try {
        person.learn([...this.#sql.exec('SELECT body FROM versions')].map(({ body }) => JSON.parse(body)));
      } catch (error) {
        // Written by another version: half of a history would permit what the whole forbids.
        person.free();
        throw error;
      }
      this.#person = person;
    }
    return this.#person;
  }

  #keep(events) {
    this.#person.learn(events);
    // As they came, in every version: which of them holds is the engine's to say, and the same after a sleep.
    for (const event of events) this.#sql.exec('INSERT OR IGNORE INTO versions VALUES (?, ?, ?)', event.source, event.id, JSON.stringify(event));
  }

  /** The visit under way, also after the object slept, or a new one. */
  #current(person, now) {
    if (this.#visit && now - this.#lastAt < GAP) return this.#visit;
    const [left] = this.#visit ? [] : this.#sql.exec('SELECT last_at, body FROM visit');
    const resumed = left && now - left.last_at < GAP && this.#resumed(person, left.body);
    this.#visit = resumed || person.visit({ startedAt: now, record: true });
    if (!resumed && this.#wantsNothing()) this.#leaveAlone(this.#visit, now);
    return this.#visit;
  }

  /** The visit as it was left; one that another version wrote is worth no more than the half hour it is kept for. */
  #resumed(person, body) {
    try {
      return person.visit({ saved: new Uint8Array(body) });
    } catch {
      return undefined;
    }
  }

  #leaveAlone(visit, now) {
    visit.track({ type: 'wish', t: Math.max(0, now - visit.startedAt), for: 'noHelp' });
  }

  /** Whoever said "never here" is not asked again in a later visit; this one was told. */
  #wantsNothing() {
    const [last] = this.#sql.exec("SELECT body FROM versions WHERE source = ? AND body ->> 'type' = 'suppression' AND body ->> 'reason' = 'asked' ORDER BY body ->> 'at' DESC LIMIT 1", SOURCE);
    return last !== undefined && JSON.parse(last.body).state === 'on';
  }
}
