// Before a survey goes out: who may be asked today, and of everybody else why not and until when.
// node survey.mjs EVENTS.ndjson [NOW]: CloudEvents, one a line, of any number of customers.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { load } from 'tactful';
import { fromCloudEvent } from 'tactful/adapters';

const [file, when] = process.argv.slice(2);
if (file === undefined) {
  console.error('node survey.mjs EVENTS.ndjson [NOW]');
  process.exit(2);
}
const now = when === undefined ? Date.now() : Date.parse(when);
// A policy as JSON is compiled by the studio edition, once. Released ones are compiled, signed and verified.
const tactful = await load({ id: 'survey-job' }, { unsigned: true });

/** @type {Map<string, import('tactful').Person>} */
const people = new Map();
let line = 0;
for await (const text of createInterface({ input: createReadStream(file) })) {
  line += 1;
  if (text.trim() === '') continue;
  try {
    for (const event of fromCloudEvent(JSON.parse(text))) {
      const { person: id = 'nobody' } = event;
      const person = people.get(id) ?? tactful.person(id);
      people.set(id, person);
      person.learn(event);
    }
  } catch (error) {
    console.error(`${file}:${line}: ${error}`);
    process.exitCode = 1;
  }
}

/** @type {import('tactful').Moment['proposal']} */
const proposal = { purpose: 'survey', channel: 'email', survey: { kind: 'ces', sampled: true } };
for (const [id, person] of [...people].sort()) {
  const visit = person.visit({ startedAt: now, salt: 0 });
  const { allowed, deferUntil, blockers } = visit.decide({ now, proposal }).verdicts.survey;
  const until = deferUntil === undefined ? '' : ` (not before ${new Date(deferUntil).toISOString()})`;
  console.log(allowed ? `${id}: may be asked` : `${id}: no, ${blockers.map(({ code }) => code).join(', ')}${until}`);
  person.free();
}
