#!/usr/bin/env node
// The command line: the same wasm, on files or standard input (`-`).
import { createReadStream } from 'node:fs';
import { readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { card, explained, journeysOf, seenAs } from './card.js';
import { TactfulError } from './error.js';
import { changes, replayed } from './log-card.js';
import { assemble, check, compile, describe, diff, explain, record, replay, signals, story } from './studio-node.js';

const HELP = `tactful: how to help a customer, and when to leave them alone

  tactful decide STORY…        a decision for each story: a readable card, or one JSON line with --json
  tactful explain STORY…       what stands behind a decision: every part of its scores, every blocker, why
                               the other routes lost, and the smallest changes that lead elsewhere
  tactful record STORY…        a decision for each story as the line of a log: with everything it was made from;
                               --group NAME=VALUE puts the person into a group no decision reads
  tactful replay LOG           every decision of a log made again, byte for byte, each by the policy that made
                               it: the starter, or one of --policy; exit 1 at the first difference
  tactful diff OLD NEW --log LOG
                               whose decisions another policy would change: by route, verdict, reason, band and
                               group, with examples, and what it would mean for them
  tactful test DIR…            runs the stories below DIR that say what they expect
  tactful check POLICY         every mistake in a policy, with pointer and hint
  tactful signals TRACE…       the page signals of a trace: onset, decision, count, grade; one JSON
                               line per trace with --json; - also takes one trace a line
  tactful assemble EVENTS [--by MAPPING]
                               journeys and their effort out of contract events (NDJSON), or out of any
                               export (CSV, NDJSON) read by a mapping file; variants, transfers,
                               re-contact, times; --cases adds a row for each case and journey
  tactful describe POLICY… [-o FILE]
                               the definitions as a page to read, print and sign: what counts as high effort, when
                               somebody is left alone, who answers for it, what differs from the starter
  tactful compile POLICY… -o FILE
                               the policy as the bytes the runtime loads; several add up

  STORY, TRACE and POLICY are JSON files, LOG is NDJSON; - is standard input. A policy is what differs from
  the starter; a trace is { signals?, events, until? }.
  --json                       for machines
  --policy FILE                decide, explain, record, test, signals and assemble by this policy over the starter;
                               several add up (in replay each is one that may have decided)
  --version                    the version
  --help                       this

  Stories without expectations are decided and counted as skipped.

  Exit: 0 fine, 1 a test, a check or a replay failed, 2 bad input or usage.
`;

/** Usage is wrong: said on standard error, with exit 2. */
class Usage extends Error {}

const show = (line) => process.stdout.write(`${line}\n`);
const complain = (line) => process.stderr.write(`${line}\n`);

async function text(path) {
  if (path !== '-') return readFile(path, 'utf8');
  let all = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) all += chunk;
  return all;
}

async function json(path) {
  const source = await text(path).catch((cause) => {
    throw new TactfulError({ code: 'UNREADABLE', message: `${path} cannot be read`, hint: cause.code });
  });
  if (source.startsWith('TCTF'))
    throw new TactfulError({ code: 'WRONG_TYPE', message: `${path} is compiled already`, hint: 'give the JSON it was compiled from' });
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new TactfulError({ code: 'SYNTAX', message: `${path}: ${cause.message}`, hint: 'this is not JSON' });
  }
}

/** `--name value` and flags out of the arguments; what is left are files. */
function options(args) {
  const found = { files: [] };
  const valued = { '-o': 'out', '--out': 'out', '--policy': 'policy', '--by': 'by', '--log': 'log', '--group': 'group' };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i];
    const [name, ...value] = arg.split('=');
    if (valued[name] && (value.length === 0 || name.startsWith('--'))) {
      const file = value.length > 0 ? value.join('=') : args[++i];
      if (file === undefined) throw new Usage(`${arg} needs ${name === '--group' ? 'NAME=VALUE' : 'a file'}`);
      // Policies add up: a patch over a patch. Somebody may be in several groups.
      if (name === '--policy' || name === '--group') (found[valued[name]] ??= []).push(file);
      else found[valued[name]] = file;
    } else if (arg === '--json') found.json = true;
    else if (arg === '--cases') found.cases = true;
    else if (arg.startsWith('-') && arg !== '-') throw new Usage(`unknown option ${arg}`);
    else found.files.push(arg);
  }
  return found;
}

/** One JSON merge patch over another (RFC 7396): the second has the last word. */
function merged(under, over) {
  const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
  if (!isObject(over)) return over;
  const out = isObject(under) ? { ...under } : {};
  for (const [key, value] of Object.entries(over)) out[key] = isObject(value) ? merged(out[key], value) : value;
  return out;
}

/** The patches of the policies that were named, as one; undefined where none was. */
async function patchOf(files) {
  let patch;
  for (const file of files ?? []) patch = patch === undefined ? await json(file) : merged(patch, await json(file));
  return patch;
}

/** Every story file below a folder, in order. */
async function stories(path) {
  if (path === '-' || !(await stat(path)).isDirectory()) return [path];
  const entries = await readdir(path, { withFileTypes: true });
  const below = entries
    .filter((entry) => entry.isDirectory() || entry.name.endsWith('.json'))
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .map((entry) => (entry.isDirectory() ? stories(join(path, entry.name)) : [join(path, entry.name)]));
  return (await Promise.all(below)).flat();
}

function mistakes(error) {
  const { all } = TactfulError.from(error);
  return all;
}

const decide = (options) =>
  eachStory('decide', options, async (given, patch) => (await story(given, patch)).decision, card);

const explainStories = (options) => eachStory('explain', options, explain, explained);

/** One answer a story: a readable card, or a line of JSON; bad input is told in its place. */
async function eachStory(command, { files, json: machine, policy }, answer, readable) {
  if (files.length === 0) throw new Usage(`${command} needs a story`);
  const patch = await patchOf(policy);
  let bad = false;
  for (const file of files) {
    try {
      const given = await json(file);
      const found = await answer(given, patch);
      // A line of a log is for machines as it is.
      const line = typeof found === 'string';
      show(machine && !line ? JSON.stringify({ story: given.name, ...found }) : readable(given, found));
    } catch (error) {
      bad = true;
      const [first, ...rest] = mistakes(error);
      const { code, path, reason: message } = first;
      const all = [first, ...rest].map(({ code, path, reason, hint }) => ({ code, path, message: reason, hint }));
      if (machine) show(JSON.stringify({ story: file, error: { code, path, message }, errors: all }));
      else [first, ...rest].forEach((each) => complain(`${file}: ${each.message}`));
    }
  }
  return bad ? 2 : 0;
}

async function test({ files, json: machine, policy }) {
  if (files.length === 0) throw new Usage('test needs a folder of stories');
  const patch = await patchOf(policy);
  let [passed, failed, silent] = [0, 0, 0];
  const found = (await Promise.all(files.map(stories))).flat();
  if (found.length === 0) throw new Usage(`no story in ${files.join(', ')}`);
  for (const file of found) {
    let differences;
    try {
      const given = await json(file);
      ({ differences } = await story(given, patch));
      if (given.expect === undefined) {
        silent++;
        continue;
      }
    } catch (error) {
      differences = mistakes(error).map(({ message }) => message);
    }
    if (differences.length === 0) passed++;
    else failed++;
    if (machine) show(JSON.stringify({ story: file, differences }));
    else if (differences.length > 0) show([`FAILED ${file}`, ...differences.map((line) => `  ${line}`)].join('\n'));
  }
  if (!machine) show(`${passed} passed, ${failed} failed${silent > 0 ? `, ${silent} skipped` : ''}`);
  return failed > 0 ? 1 : 0;
}

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

/** A mistake with the file it is in. */
function blamed(error, file) {
  const all = mistakes(error).map(({ code, path, reason, hint }) => new TactfulError({ code, path, message: `${reason} in ${file}`, hint }));
  all[0].all = all;
  return all[0];
}

/** The traces of a file, or that it cannot be read. */
async function* readable(file) {
  try {
    yield* traces(file);
  } catch (cause) {
    yield [file, Promise.reject(new TactfulError({ code: 'UNREADABLE', message: `${file} cannot be read`, hint: cause.code }))];
  }
}

async function showSignals({ files, json: machine, policy }) {
  if (files.length === 0) throw new Usage('signals needs a trace');
  const patch = await patchOf(policy);
  // What is wrong with the policy is said once, and of the policy.
  if (patch) await signals({ events: [] }, patch).catch((error) => { throw blamed(error, policy); });
  let bad = false;
  for (const file of files) {
    for await (const [place, trace] of readable(file)) {
      try {
        const given = await trace;
        const seen = await signals(given, patch);
        show(machine ? JSON.stringify(seen) : seenAs(given.name ? `${place} (${given.name})` : place, seen));
      } catch (error) {
        bad = true;
        const all = mistakes(error).map(({ code, path, reason: message, hint }) => ({ code, path, message, hint }));
        if (machine) show(JSON.stringify({ error: all[0], errors: all }));
        else mistakes(error).forEach(({ message }) => complain(`${place}: ${message}`));
      }
    }
  }
  return bad ? 2 : 0;
}

/** A long file as its bytes come, with word of how far it is for whoever watches. */
async function reading(file, every, what) {
  const unreadable = (cause) => {
    throw new TactfulError({ code: 'UNREADABLE', message: `${file} cannot be read`, hint: cause.code });
  };
  if (file !== '-') await stat(file).catch(unreadable);
  let said = 0;
  const progress = (rows) => {
    if (!process.stderr.isTTY || rows - said < every) return;
    said = rows;
    process.stderr.write(`\r${rows.toLocaleString('en')} ${what}`);
  };
  const done = () => said > 0 && process.stderr.write('\r');
  return { pieces: file === '-' ? process.stdin : createReadStream(file), progress, done };
}

const LINE_MISTAKES = 'records could not be read; the first are named above';

/** Names the lines of a log that were no records; they are bad input, whatever came of the others. */
function complainOf({ count, named }) {
  for (const { record: number, error } of named) complain(`record ${number}: ${error}`);
  if (count > named.length) complain(`${count} ${LINE_MISTAKES}`);
  return count > 0;
}

const recordStories = ({ group, ...options }) => {
  const groups = group && Object.fromEntries(group.map((each) => each.split('=')));
  return eachStory('record', options, async (given, policy) => record(given, { policy, groups }), (_given, line) => line);
};

async function replayLog({ files: [file, ...more], policy, json: machine }) {
  if (file === undefined || more.length > 0) throw new Usage('replay needs one log');
  const policies = await Promise.all((policy ?? []).map(json));
  const { pieces, progress, done } = await reading(file, 5000, 'records');
  const found = await replay(pieces, { policies, progress });
  done();
  show(machine ? JSON.stringify(found) : replayed(found));
  if (complainOf(found.bad)) return 2;
  return found.different.count > 0 || found.unknownPolicies.length > 0 ? 1 : 0;
}

async function diffPolicies({ files: [old, other, ...more], log, json: machine }) {
  if (other === undefined || log === undefined || more.length > 0) throw new Usage('diff needs OLD NEW --log LOG');
  const policies = [await json(old), await json(other)];
  const { pieces, progress, done } = await reading(log, 5000, 'records');
  const found = await diff(...policies, pieces, { progress });
  done();
  show(machine ? JSON.stringify(found) : changes(found));
  return complainOf(found.bad) ? 2 : 0;
}

async function assembleFile({ files: [file, ...more], by, json: machine, cases, policy }) {
  if (file === undefined) throw new Usage('assemble needs events, or an export and --by MAPPING');
  if (by === undefined && /\.csv$/i.test(file)) throw new Usage('a CSV file needs --by MAPPING to say what its columns mean');
  if (more.length > 0) throw new Usage('assemble takes one export; put several together with cat');
  const mapping = by === undefined ? null : await json(by);
  const patch = await patchOf(policy);
  const { pieces, progress, done } = await reading(file, 100_000, 'rows');
  const format = /\.(ndjson|jsonl)$/.test(file) ? 'ndjson' : 'csv';
  const found = await assemble(mapping, pieces, { format, cases: Boolean(cases), policy: patch, progress });
  done();
  show(machine ? JSON.stringify(found) : journeysOf(found, Boolean(cases)));
  if (found.cases > 0) return 0;
  complain(`tactful: nothing could be read from ${file}${by === undefined ? '; contract events are one JSON object a line, an export needs --by MAPPING' : `; does ${by} fit its columns, delimiter and encoding (UTF-8)?`}`);
  return 2;
}

async function checkPolicy({ files, json: machine }) {
  if (files.length === 0) throw new Usage('check needs a policy');
  let wrong = false;
  for (const file of files) {
    const { errors, warnings } = await check(await json(file));
    wrong ||= errors.length > 0;
    if (machine) show(JSON.stringify({ policy: file, errors, warnings }));
    else {
      const line = ({ code, path, message, hint }) => `${code} at ${path || '(document)'}: ${message}${hint && ` (${hint})`}`;
      errors.forEach((each) => show(`error    ${line(each)}`));
      warnings.forEach((each) => show(`warning  ${line(each)}`));
      show(`${file}: ${errors.length} errors, ${warnings.length} warnings`);
    }
  }
  return wrong ? 1 : 0;
}

async function describePolicy({ files, out }) {
  if (files.length === 0) throw new Usage('describe needs a policy');
  const page = await describe(await patchOf(files));
  if (out === undefined) process.stdout.write(page);
  else await written(out, page);
  return 0;
}

/** A file is there whole or not at all, whenever somebody stops us. */
async function written(out, content) {
  const half = `${out}.${process.pid}.tmp`;
  await writeFile(half, content).then(() => rename(half, out)).catch(async (cause) => {
    await rm(half, { force: true });
    throw new Usage(`${out} cannot be written (${cause.code})`);
  });
}

async function compilePolicy({ files, out }) {
  if (files.length === 0 || out === undefined) throw new Usage('compile needs a policy and -o FILE');
  const bytes = await compile(await patchOf(files));
  await written(out, bytes);
  complain(`${out}: ${bytes.length} bytes`);
  return 0;
}

const COMMANDS = { decide, explain: explainStories, record: recordStories, replay: replayLog, diff: diffPolicies, test, check: checkPolicy, describe: describePolicy, compile: compilePolicy, signals: showSignals, assemble: assembleFile };

async function main([command, ...args]) {
  if (command === '--version') {
    show(JSON.parse(await readFile(new URL('./package.json', import.meta.url), 'utf8')).version);
    return 0;
  }
  const asked = ['--help', '-h'];
  if (command === undefined || command === 'help' || asked.includes(command) || args.some((arg) => asked.includes(arg))) {
    show(HELP);
    return command === undefined ? 2 : 0;
  }
  const run = COMMANDS[command];
  try {
    if (!run) throw new Usage(`unknown command ${command}`);
    return await run(options(args));
  } catch (error) {
    if (error instanceof Usage) complain(`tactful: ${error.message}; see tactful --help`);
    else mistakes(error).forEach(({ message }) => complain(`tactful: ${message}`));
    return error instanceof Usage || command !== 'compile' ? 2 : 1;
  }
}

// Whoever reads has read enough, as `head` does.
process.stdout.on('error', (error) => process.exit(error.code === 'EPIPE' ? 0 : 1));

process.exitCode = await main(process.argv.slice(2));
