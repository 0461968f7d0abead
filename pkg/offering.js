// What a page offers, one thing at a time and in one tab at a time, and what becomes of it.
import { demand } from './error.js';
import { SOURCE } from './store.js';

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
  #offer;
  #told;
  #floor;
  #claiming = false;
  #now;
  #matter;
  #over = new AbortController();

  /**
   * `again` asks to be followed again: something outside the visit has changed. What was closed, and who does not
   * want to be disturbed, is told to the visit as well: its history may not be read for lack of permission.
   */
  constructor({ root, visit, store, again, dismissed, wished }) {
    this.#root = root;
    this.#visit = visit;
    this.#store = store;
    this.#page = { again, dismissed, wished };
    const document = root.ownerDocument ?? root;
    const until = { signal: this.#over.signal };
    // What is shown may stand anywhere on the page.
    for (const step of ['shown', 'accepted', 'dismissed']) document.addEventListener(`tactful:${step}`, (event) => this.#heard(step, event), until);
    document.addEventListener('tactful:never', ({ detail }) => this.leaveAlone(Boolean(detail?.on)), until);
    if (store) document.addEventListener('visibilitychange', () => this.#seen(), until);
  }

  /** The offer that was told last, and what has become of it. */
  get offer() {
    return this.#offer;
  }

  /** Tells the page the answer, when it is another one; whether that is all there is to do. */
  follow(answer, moment) {
    this.#now = moment.now;
    this.#matter = moment.matter;
    // Silence is told apart by its number; what is shown also by where it leads.
    const decision = answer.route === 'none' ? undefined : this.#visit.decide();
    if (!decision) this.#end();
    else if (!this.#mayOffer(answer)) return false;
    const told = `${answer.bits} ${JSON.stringify(decision?.target)}`;
    if (told !== this.#told) {
      this.#told = told;
      this.#tell(decision ?? this.#visit.decide(), answer.purpose);
    }
    return true;
  }

  /** Whoever asks is answered, even with what they were told before. */
  forget() {
    this.#told = undefined;
  }

  /** Something has become of the offer: only what was shown counts. */
  was(step, touch = this.#offer?.touch) {
    demand(STEPS.includes(step), '/step', `${JSON.stringify(step)} is none of ${STEPS.join(', ')}`, 'UNKNOWN_WORD');
    const offer = this.#offer;
    if (!offer || offer.touch !== touch || offer.step === step) return;
    const { step: _before, article: _article, ...fields } = offer;
    this.#offer = { ...offer, step };
    this.#learn([{ type: 'touch', id: `${touch} ${step}`, at: this.#now, source: SOURCE, step, ...fields }]);
    if (step === 'dismissed') this.#page.dismissed(touch);
  }

  /** The person wants to be left alone, on every page from now on, or no longer. */
  leaveAlone(on) {
    this.#learn([{ type: 'suppression', id: `alone-${this.#now}-${on}`, at: this.#now, source: SOURCE, scope: 'person', reason: 'asked', state: on ? 'on' : 'off', owner: SOURCE }]);
    if (on) this.#page.wished('noHelp');
  }

  stop() {
    this.#over.abort();
    this.#release();
  }

  #learn(events) {
    (this.#store ?? this.#visit.person).learn(events);
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
    const floor = await this.#store.floor();
    this.#claiming = false;
    if (this.#over.signal.aborted || document.hidden) return floor?.();
    this.#floor = floor;
    if (floor) this.#page.again();
    // Another tab goes on with it, or with something else.
    else this.#withdraw();
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
    const { touch } = this.#offer;
    this.#offer = undefined;
    this.#told = undefined;
    this.#root.dispatchEvent(new CustomEvent('tactful:withdrawn', { detail: { touch }, bubbles: true, composed: true }));
    this.#page.again();
  }

  #tell(decision, purpose) {
    const { route, target } = decision;
    if (route !== 'none') {
      const { article, offer } = target ?? {};
      // The offer on the screen, or the one of the page before: it goes on, and is no second one.
      const standing = this.#visit.offered;
      const same = standing?.route === route && (!this.#offer || (this.#offer.article === article && this.#offer.offer === offer));
      const touch = same ? standing.touch : decision.id;
      this.#offer = { touch, route, purpose, channel: 'web', matter: this.#matter, offer, article, step: same ? 'shown' : undefined };
    }
    const touch = this.#offer?.touch;
    const wanted = this.#root.dispatchEvent(new DecisionEvent(decision, touch));
    // The host does not show it: then nobody has been disturbed.
    if (!wanted && this.#offer?.step === undefined) this.was('cancelled', touch);
  }

  /** Nothing is offered any more. */
  #end() {
    if (this.#offer?.step === 'shown') this.was('expired');
    this.#offer = undefined;
    this.#release();
  }

  #heard(step, event) {
    const { touch, never = false, for: wish } = event.detail ?? {};
    if (touch === undefined || touch !== this.#offer?.touch) return;
    // After everybody on the page has heard it: one of them may not want it to be shown.
    queueMicrotask(() => {
      if (step === 'shown' && event.defaultPrevented) this.was('cancelled', touch);
      else this.was(step, touch);
      if (never) this.leaveAlone(true);
      if (wish) this.#page.wished(wish);
    });
  }
}
