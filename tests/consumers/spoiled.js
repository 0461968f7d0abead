// The example Worker with a ledger that can be put to sleep, and that another version has written into.
import { momentOf } from '../../examples/worker/src/moment.js';
import worker, { Ledger as Real } from '../../examples/worker/src/worker.js';

export class Ledger extends Real {
  spoil() {
    this.ctx.storage.sql.exec("INSERT INTO versions VALUES ('edge', 'x', '{\"type\":\"telepathy\"}')");
  }

  spoilVisit() {
    this.ctx.storage.sql.exec("UPDATE visit SET body = X'00'");
  }

  /** What a search in vain is offered. */
  searched(person, at) {
    const seen = { page: 'search', role: 'searchResults', results: 0 };
    return this.decide(person, { seen, moment: momentOf({ headers: new Headers() }, { topic: 'export' }, at), recorded: false }).offer;
  }

  rows() {
    return [...this.ctx.storage.sql.exec('SELECT id FROM versions')].map(({ id }) => id);
  }

  sleep() {
    this.ctx.abort('asleep');
  }
}
export default worker;
