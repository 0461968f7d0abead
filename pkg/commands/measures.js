// Commands that measure: signals of a trace, journeys of an export.
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { journeysOf, seenAs } from '../card.js';
import { TactfulError } from '../error.js';
import { assemble, signals } from '../studio-node.js';
import { Usage, blamed, complain, json, mistakes, patchOf, policyOf, reading, show, told } from './terminal.js';

/** The traces of a file: one document, or one a line. Lines are answered as they come. */
async function* traces(path) {
  if (path !== '-' && !/\.(ndjson|jsonl)$/.test(path)) {
    yield [path, json(path)];
    return;
  }
  const each = async (line, number) => {
    try {
      return JSON.parse(line.replace(/^\uFEFF/, ''));
    } catch (cause) {
      throw new TactfulError({ code: 'SYNTAX', message: cause.message, hint: `line ${number}: each line is one trace in JSON` });
    }
  };
  const input = path === '-' ? process.stdin : createReadStream(path);
  // A first line that begins an object and does not end it begins a document, not a list of lines.
  let lines;
  let number = 0;
  const document = [];
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    number++;
    if (line.trim() === '') continue;
    lines ??= !line.trim().startsWith('{') || line.trimEnd().endsWith('}');
    if (lines) yield [`${path}:${number}`, each(line, number)];
    else document.push([line, number]);
  }
  if (document.length === 0) return;
  const whole = document.map(([line]) => line).join('\n');
  try {
    yield [path, Promise.resolve(JSON.parse(whole))];
  } catch {
    for (const [line, at] of document) yield [`${path}:${at}`, each(line, at)];
  }
}

/** The traces of a file, or that it cannot be read. */
async function* readable(file) {
  try {
    yield* traces(file);
  } catch (cause) {
    yield [file, Promise.reject(new TactfulError({ code: 'UNREADABLE', message: `${file} cannot be read`, hint: cause.code }))];
  }
}

export async function showSignals({ files, json: machine, policy }) {
  if (files.length === 0) throw new Usage('signals needs a trace');
  const patch = await patchOf(policy);
  // What is wrong with the policy is said once, and of the policy.
  if (patch) await signals({ events: [] }, patch).catch((error) => { throw blamed(error, policy.join(' and ')); });
  let bad = false;
  for (const file of files) {
    for await (const [place, trace] of readable(file)) {
      try {
        const given = await trace;
        const seen = await signals(given, patch);
        show(machine ? JSON.stringify(seen) : seenAs(given.name ? `${place} (${given.name})` : place, seen));
      } catch (error) {
        bad = true;
        const errors = told(error);
        if (machine) show(JSON.stringify({ error: errors[0], errors }));
        else mistakes(error).forEach(({ message }) => complain(`${place}: ${message}`));
      }
    }
  }
  return bad ? 2 : 0;
}

export async function assembleFile({ files: [file, ...more], by, json: machine, cases, policy }) {
  if (file === undefined) throw new Usage('assemble needs events, or an export and --by MAPPING');
  if (by === undefined && /\.csv$/i.test(file)) throw new Usage('a CSV file needs --by MAPPING to say what its columns mean');
  if (more.length > 0) throw new Usage('assemble takes one export; put several together with cat');
  const mapping = by === undefined ? null : await json(by);
  const patch = await policyOf(policy);
  const { pieces, progress, done } = await reading(file, 100_000, 'rows');
  const format = /\.(ndjson|jsonl)$/.test(file) ? 'ndjson' : 'csv';
  const found = await assemble(mapping, pieces, { format, cases: Boolean(cases), policy: patch, now: Date.now(), progress });
  done();
  show(machine ? JSON.stringify(found) : journeysOf(found, Boolean(cases)));
  if (found.cases > 0) return 0;
  complain(`tactful: nothing could be read from ${file}${by === undefined ? '; contract events are one JSON object a line, an export needs --by MAPPING' : `; does ${by} fit its columns, delimiter and encoding (UTF-8)?`}`);
  return 2;
}
