// What a page offers, one thing at a time and in one tab at a time, and what becomes of it.
import { demand } from './error.js';
import { SOURCE } from './store.js';

const MINUTE = 60_000;
/** What may become of an offer. */
const STEPS = ['shown', 'accepted', 'dismissed', 'expired', 'cancelled'];

/** The answer has changed. `touch` names the offer in what is told of it later. */
class DecisionEvent extends CustomEvent {
  constructor(decision, touch) {
    super('tactful:decision', { detail: decision, bubbles: true, composed: true, cancelable: true });
    this.touch = touch;
  }
}

export class Offering {
  #root;
  #visit;
  #store;
  #page;
  /** Offers of this page by touch: somebody may press something in one that has just been replaced. */
  #offers = new Map();
  #offer;
  #decision;
  #told;
  /** Where the answer leads, whatever the hour. */
  #leads;
  /** What the host does not show need not be told again, nor keep others from offering. */
  #declined;
  #floor;
  #claiming = false;
  /** What became of the store, told once. */
  #failure;
  #now;
  #matter;
  #over = new AbortController();

  /**
   * `again` asks to be followed again: something outside the visit has changed. What was closed and what is wished is
   * told to the visit as well: its history may not be read for lack of permission. `quietly` runs what may fail.
   */
  constructor({ root, visit, store, again, dismissed, wished, quietly }) {
    this.#root = root;
    this.#visit = visit;
    this.#store = store;
    this.#page = { again, dismissed, wished, quietly };
    const page = root.ownerDocument ?? root;
    const hear = (name, then) => page.addEventListener(name, (event) => quietly(() => then(event)), { signal: this.#over.signal });
    // What is shown may stand anywhere on the page.
    for (const step of ['shown', 'accepted', 'dismissed']) hear(`tactful:${step}`, (event) => this.#heard(step, event));
    hear('tactful:wish', ({ detail }) => this.#isOurs(detail) && wished(detail?.for));
    hear('tactful:never', ({ detail }) => this.#isOurs(detail) && this.leaveAlone(Boolean(detail?.on)));
    // A card that comes later than the decision, or again: told by itself, or whoever moves cards about would never end.
    hear('tactful:ready', ({ detail }) => this.#offer && detail?.show?.({ touch: this.#offer.touch, decision: this.#decision }));
    if (store) hear('visibilitychange', () => this.#seen());
  }

  /** The offer that was told last, and what has become of it. */
  get offer() {
    return this.#offer;
  }

  /** Tells the page the answer, when it is another one; whether that is all there is to do. */
  follow(answer, moment) {
    const { failure } = this.#store ?? {};
    if (failure !== this.#failure) {
      this.#failure = failure;
      this.#page.quietly(() => { throw failure; });
    }
    this.#now = moment.now;
    this.#matter = moment.matter;
    // Silence is told apart by its number; what is shown also by where it leads.
    const decision = answer.route === 'none' ? undefined : this.#visit.decide();
    const { dueBy, ...led } = decision?.target ?? {};
    this.#leads = `${answer.bits} ${JSON.stringify(led)} ${dueBy !== undefined}`;
    if (this.#leads === this.#declined) return true;
    // A date that moves with the time is told by the minute, as people read it.
    const told = `${this.#leads} ${Math.floor(dueBy / MINUTE)}`;
    if (!decision) this.#end();
    else if (!this.#mayOffer(answer)) return false;
    if (told !== this.#told) {
      this.#told = told;
      this.#declined = undefined;
      this.#tell(decision ?? this.#visit.decide(), answer.purpose);
    }
    return true;
  }

  /** Whoever asks is answered, even with what they were told before. */
  forget() {
    this.#told = undefined;
    this.#declined = undefined;
  }

  /** Something has become of an offer: only what was shown counts. */
  was(step, touch = this.#offer?.touch) {
    demand(STEPS.includes(step), '/step', `${JSON.stringify(step)} is none of ${STEPS.join(', ')}`, 'UNKNOWN_WORD');
    const offer = this.#offers.get(touch);
    if (!offer) return;
    if (step === 'cancelled') this.#decline(touch);
    // What was seen before cannot be unseen: it only ends.
    if (step === 'cancelled' && offer.counted) step = 'expired';
    if (offer.step === step) return;
    offer.step = step;
    offer.counted ||= step === 'shown';
    const { step: _, counted: _counted, article: _article, ...fields } = offer;
    // One offer may lead elsewhere as time goes on, here or on the next page; each time it is shown is an event of its own.
    this.#learn([{ type: 'touch', id: `${touch} ${step} ${this.#now}`, at: this.#now, source: SOURCE, step, ...fields }]);
    if (step === 'dismissed') this.#page.dismissed(touch);
  }

  /** The host does not show it: nobody is kept from offering something else. */
  #decline(touch) {
    if (touch !== this.#offer?.touch) return;
    this.#declined = this.#leads;
    this.#release();
  }

  /** The person wants to be left alone, on every page from now on, or no longer. */
  leaveAlone(on) {
    const at = this.#now ?? Date.now();
    const keeps = this.#learn([{ type: 'suppression', id: `alone-${at}-${on}`, at, source: SOURCE, scope: 'person', reason: 'asked', state: on ? 'on' : 'off', owner: SOURCE }]);
    // A store has the visit hear it, in every tab.
    if (on && keeps !== this.#store) this.#page.wished('noHelp');
  }

  stop() {
    this.#over.abort();
    // Nobody hears any more what is said of it.
    this.#takeBack();
    this.#release();
  }

  #learn(events) {
    const keeps = this.#store && !this.#store.closed ? this.#store : this.#visit.person;
    keeps.learn(events);
    return keeps;
  }

  /** What somebody asked for is answered wherever they ask; what nobody asked for is offered in one tab. */
  #mayOffer(answer) {
    if (!this.#store || this.#floor || answer.purpose === 'answer') return true;
    if (!document.hidden) this.#claim();
    return false;
  }

  async #claim() {
    if (this.#claiming) return;
    this.#claiming = true;
    const floor = await this.#store.floor(() => this.#page.quietly(() => this.#lose()));
    this.#claiming = false;
    if (this.#over.signal.aborted || document.hidden) return floor?.();
    this.#floor = floor;
    if (floor) this.#page.again();
    // Another tab goes on with it, or with something else.
    else this.#page.quietly(() => this.#withdraw());
  }

  /** The store was closed: another tab may offer now. */
  #lose() {
    this.#floor = undefined;
    this.#takeBack();
  }

  #release() {
    this.#floor?.();
    this.#floor = undefined;
  }

  /** An offer goes along with the person: a tab out of sight gives the floor to the one they are at. */
  #seen() {
    if (this.#store.kind === 'memory') return;
    if (document.hidden) this.#release();
    else if (this.#offer && this.#offer.purpose !== 'answer') this.#claim();
  }

  #withdraw() {
    if (!this.#offer || this.#offer.purpose === 'answer') return;
    this.#takeBack();
    this.#page.again();
  }

  /** Off the screen; what has become of it stays open. */
  #takeBack() {
    if (!this.#offer) return;
    const { touch } = this.#offer;
    this.#offer = undefined;
    this.#told = undefined;
    this.#root.dispatchEvent(new CustomEvent('tactful:withdrawn', { detail: { touch }, bubbles: true, composed: true }));
  }

  #tell(decision, purpose) {
    const before = this.#offer;
    this.#offer = decision.route === 'none' ? undefined : this.#offerOf(decision, purpose);
    // What another takes the place of is not on the screen any more.
    if (before?.step === 'shown' && before.touch !== this.#offer?.touch) this.was('expired', before.touch);
    this.#decision = decision;
    const offer = this.#offer;
    const wanted = this.#root.dispatchEvent(new DecisionEvent(decision, offer?.touch));
    // The host does not show it: then nobody has been disturbed.
    if (!wanted && offer) this.was('cancelled', offer.touch);
  }

  /** A new offer, or the one on the screen, here or on the page before: that goes on and is no second one. */
  #offerOf({ id, route, target }, purpose) {
    const standing = this.#visit.offered;
    const goesOn = standing?.purpose === purpose;
    const touch = goesOn ? standing.touch : id;
    const known = this.#offers.get(touch);
    const { article, offer } = target ?? {};
    const fields = { touch, route, purpose, channel: 'web', matter: this.#matter, offer, article };
    const same = goesOn && standing.route === route && (!known || known.article === article);
    const counted = goesOn || known?.counted === true;
    const made = { ...fields, counted, step: same ? 'shown' : undefined };
    this.#offers.set(touch, made);
    return made;
  }

  /** Nothing is offered any more. */
  #end() {
    const offer = this.#offer;
    this.#offer = undefined;
    this.#release();
    if (offer?.step === 'shown') this.was('expired', offer.touch);
  }

  /** Said of an offer of ours, or of none: a page may show what is offered to several people. */
  #isOurs(detail) {
    return detail?.touch === undefined || this.#offers.has(detail.touch);
  }

  #heard(step, event) {
    const { touch, never = false } = event.detail ?? {};
    // After everybody on the page has heard it: one of them may not want it to be shown.
    queueMicrotask(() =>
      this.#page.quietly(() => {
        if (never && this.#isOurs(event.detail)) this.leaveAlone(true);
        if (touch !== undefined) this.was(step === 'shown' && event.defaultPrevented ? 'cancelled' : step, touch);
      }),
    );
  }
}
