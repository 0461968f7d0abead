// Commands on logs of records: replay, diff, audit.
import { audited, changes, replayed } from '../log-card.js';
import { audit, diff, replay } from '../studio-node.js';
import { approversIn } from './policies.js';
import { Usage, complain, policyOf, reading, show } from './terminal.js';

const EVERY = 5000;
const LINE_MISTAKES = 'records could not be read; the first are named above';

/** A log without a record shows nothing, and looks as if all were well. */
function complainOfNothing(file, records) {
  if (records === 0) complain(`tactful: no record in ${file}`);
  return records === 0;
}

/** Names the lines of a log that were no records; they are bad input, whatever came of the others. */
function complainOf({ count, named }) {
  for (const { record: number, error } of named) error.split('\n').forEach((line) => complain(`record ${number}: ${line}`));
  if (count > named.length) complain(`${count} ${LINE_MISTAKES}`);
  return count > 0;
}

export async function replayLog({ files: [file, ...more], policy, json: machine }) {
  if (file === undefined || more.length > 0) throw new Usage('replay needs one log');
  const policies = await Promise.all((policy ?? []).map((file) => policyOf([file])));
  const { pieces, progress, done } = await reading(file, EVERY, 'records');
  const found = await replay(pieces, { policies, progress });
  done();
  show(machine ? JSON.stringify(found) : replayed(found));
  if (complainOf(found.bad) || complainOfNothing(file, found.records)) return 2;
  return found.different.count > 0 || found.unknownPolicies.length > 0 ? 1 : 0;
}

export async function diffPolicies({ files: [old, other, ...more], log, json: machine }) {
  if (other === undefined || log === undefined || more.length > 0) throw new Usage('diff needs OLD NEW --log LOG');
  const policies = [await policyOf([old]), await policyOf([other])];
  const { pieces, progress, done } = await reading(log, EVERY, 'records');
  const found = await diff(...policies, pieces, { progress });
  done();
  show(machine ? JSON.stringify(found) : changes(found));
  return complainOf(found.bad) || complainOfNothing(log, found.records) ? 2 : 0;
}

export async function auditPolicies({ files, log, approvers, guardRole, json: machine }) {
  if (files.length === 0) throw new Usage('audit needs a policy');
  const patch = await policyOf(files);
  const known = approvers && (await approversIn(approvers));
  const { pieces, progress, done } = log === undefined ? { pieces: '', done() {} } : await reading(log, EVERY, 'records');
  const found = await audit(patch, pieces, { progress, now: Date.now(), approvers: known, guardRole });
  done();
  show(machine ? JSON.stringify(found) : audited(found));
  return complainOf(found.bad) || log !== undefined && complainOfNothing(log, found.records) ? 2 : 0;
}
