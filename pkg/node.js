// Servers, tests, the command line (Node, Deno, Bun): the wasm is a file beside this one.
import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import * as glue from './wasm/runtime.js';
import { TactfulError } from './error.js';
import { loader } from './load.js';
import { startedAtOnce } from './start.js';

export const load = loader({
  start: startedAtOnce(glue, engine),
  studio: () => import('./studio-node.js'),
  read,
});

/** The engine, from where the host says or from beside this file. */
async function engine(wasm) {
  if (wasm === undefined) return readFileSync(new URL('./wasm/runtime_bg.wasm', import.meta.url));
  const found = typeof wasm === 'string' || wasm instanceof URL ? await read(wasm) : wasm;
  return typeof found?.arrayBuffer === 'function' ? found.arrayBuffer() : found;
}

/** Here an address may be a file: a path, or a URL that says so. */
async function read(address) {
  try {
    if (/^(https?|data):/.test(String(address))) return await fetch(address);
    return await readFile(address instanceof URL ? address : /^file:/.test(address) ? new URL(address) : address);
  } catch (cause) {
    throw new TactfulError({ code: 'UNREACHABLE', message: `${address} cannot be read`, hint: String(cause.message) });
  }
}

export { Tactful } from './runtime.js';
export { TactfulError };
export { offsets as zoneOffsets } from './zone.js';
