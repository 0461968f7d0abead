// The example Worker with a ledger that another version has written into.
import worker, { Ledger as Real } from '../../examples/worker/src/worker.js';

export class Ledger extends Real {
  spoil() {
    this.ctx.storage.sql.exec("INSERT INTO events VALUES ('edge', 'x', '{\"type\":\"telepathy\"}')");
  }
}
export default worker;
