// What every command needs of a terminal: files in, lines out, progress beside them.
import { createReadStream } from 'node:fs';
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { TactfulError } from '../error.js';
import { compile, starter } from '../studio-node.js';

/** Usage is wrong: said on standard error, with exit 2. */
export class Usage extends Error {}

export const show = (line) => process.stdout.write(`${line}\n`);
export const complain = (line) => process.stderr.write(`${line}\n`);

/** Everything that is wrong, one by one. */
export const mistakes = (error) => TactfulError.from(error).all;

/** The same for machines. */
export const told = (error) => mistakes(error).map(({ code, path, reason: message, hint }) => ({ code, path, message, hint }));

/** The bytes of a file, or of standard input. */
export async function content(path) {
  if (path !== '-') return readFile(path);
  const all = [];
  for await (const chunk of process.stdin) all.push(chunk);
  return Buffer.concat(all);
}

export const text = async (path) => (await content(path)).toString('utf8');

export const unreadable = (path) => (cause) => {
  throw new TactfulError({ code: 'UNREADABLE', message: `${path} cannot be read`, hint: cause.code });
};

export async function json(path) {
  const source = await text(path).catch(unreadable(path));
  if (source.startsWith('TCTF'))
    throw new TactfulError({ code: 'WRONG_TYPE', message: `${path} is compiled already`, hint: 'give the JSON it was compiled from' });
  try {
    return JSON.parse(source.replace(/^\uFEFF/, ''));
  } catch (cause) {
    throw new TactfulError({ code: 'SYNTAX', message: `${path}: ${cause.message}`, hint: 'this is not JSON' });
  }
}

const isObject = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);

/**
 * One JSON merge patch over another (RFC 7396), as if each were laid over `starter` after the other: the second has the
 * last word, and what the first took away does not come back with it.
 */
function merged(under, over, starter) {
  if (!isObject(over)) return over;
  const gone = under !== undefined && isObject(starter) ? Object.fromEntries(Object.keys(starter).map((name) => [name, null])) : {};
  const out = isObject(under) ? { ...under } : gone;
  for (const [key, value] of Object.entries(over)) out[key] = merged(out[key], value, starter?.[key]);
  return out;
}

/** The patches of the policies that were named, as one; undefined where none was. */
export async function patchOf(files) {
  const [first, ...others] = files ?? [];
  let patch = first === undefined ? undefined : await json(first);
  for (const file of others) patch = merged(patch, await json(file), await starter());
  return patch;
}

/** A mistake with the file it is in. */
export function blamed(error, file) {
  const all = mistakes(error).map(({ code, path, reason, hint }) => new TactfulError({ code, path, message: `${reason} in ${file}`, hint }));
  all[0].all = all;
  return all[0];
}

/** The policy that is decided by: what is wrong with it is said once, and of it. */
export async function policyOf(files) {
  const patch = await patchOf(files);
  if (patch !== undefined) await compile(patch).catch((error) => { throw blamed(error, files.join(' and ')); });
  return patch;
}

/** A file is not written over what it was made from. */
export function distinct(out, files) {
  if (out === '-') throw new Usage('-o takes a file; without it, the answer goes to standard output');
  if (out !== undefined && files.some((file) => file !== undefined && resolve(file) === resolve(out))) throw new Usage(`${out} would be written over itself: give another name`);
}

/** Word of how far it is, on a terminal, for whoever watches. */
export function watched(every, what) {
  let said = 0;
  return {
    progress(count) {
      if (!process.stderr.isTTY || count - said < every) return;
      said = count;
      process.stderr.write(`\r${count.toLocaleString('en')} ${what}`);
    },
    done() {
      if (said > 0) process.stderr.write('\r\x1b[K');
    },
  };
}

/** A long file as its bytes come, with progress. */
export async function reading(file, every, what) {
  const found = file === '-' ? undefined : await stat(file).catch(unreadable(file));
  if (found?.isDirectory()) throw new TactfulError({ code: 'UNREADABLE', message: `${file} is a folder`, hint: 'give a file' });
  return { pieces: file === '-' ? process.stdin : createReadStream(file), ...watched(every, what) };
}

/** A file is there whole or not at all, whenever somebody stops us. */
export async function written(out, content) {
  const half = `${out}.${process.pid}.tmp`;
  await writeFile(half, content, { flag: 'wx' }).then(() => rename(half, out)).catch(async (cause) => {
    await rm(half, { force: true });
    throw new Usage(`${out} cannot be written (${cause.code})`);
  });
}
