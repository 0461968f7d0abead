// Many visits asked in one call.
import { NOBODY } from './codec.js';
import { TactfulError, alive, demand, instant } from './error.js';

/** Many visits of one policy, in order. */
export class Batch {
  #glue;
  #handle;
  #acts;
  #visits;

  constructor(glue, engine, visits, acts) {
    this.#glue = glue;
    this.#acts = acts;
    this.#handle = new glue.Batch(engine);
    visits.forEach((visit, i) => {
      const inner = visit?.[Symbol.for('tactful.inner')]?.();
      demand(inner?.handle() instanceof glue.Person, `/visits/${i}`, 'this is no visit that goes on, or one of another edition');
      demand(this.#handle.add(inner.handle()), `/visits/${i}`, 'this visit is under another policy', 'CONFLICT');
    });
    this.#visits = [...visits];
    /** Features the host computes itself: of one visit after the other, by slot. */
    this.facts = new Int32Array(visits.length * engine.slots()).fill(NOBODY);
    this.#bits = new Uint32Array(visits.length);
  }

  #bits;
  /** The number of `visit.bits` for each, in one list that the next call writes anew. */
  bits(now) {
    instant(now, '/now');
    const handle = alive(this.#handle);
    // Somebody else's visit would be answered, or somebody who was forgotten.
    for (let i = 0; i < this.#visits.length; i++)
      if (this.#visits[i].over) throw new TactfulError({ code: 'DISPOSED', path: `/visits/${i}`, message: 'this visit has ended', hint: 'a new batch, without it' });
    const memory = () => this.#glue.memory().buffer;
    if (this.facts.length > 0) new Int32Array(memory(), handle.facts(), this.facts.length).set(this.facts);
    handle.decide(now);
    if (this.#acts) this.#bits.set(new Uint32Array(memory(), handle.answers(), this.#visits.length));
    return this.#bits;
  }

  free() {
    this.#handle?.free();
    this.#handle = undefined;
  }

  [Symbol.dispose ?? Symbol.for('dispose')]() {
    this.free();
  }
}
